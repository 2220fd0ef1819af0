// Preloaded (`node -r`) in front of every npm script. Old syntax on purpose: any Node must be able to read this far and say why it stops.
if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(
    'Whetstone needs Node 20 or newer, and this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      '): install a current one from https://nodejs.org and run the same command again.\n',
  );
  process.exit(2);
}
