// Required before all else, in old syntax on purpose: any Node must be able to read this far and say why it stops.
if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write('Whetstone needs Node 20 or newer, and this is Node ');
  process.stderr.write(process.versions.node);
  process.stderr.write(': install a current one from https://nodejs.org, then run the same command again.\n');
  process.exit(2);
}
