// Starts the published package: on the Node that runs this if it is new enough, else on the one that the package brings.
const { existsSync } = require('node:fs');
const path = require('node:path');
const { runNode } = require('./run-node.cjs');

const main = path.join(__dirname, '..', 'dist', 'package', 'server', 'main.js');

function newEnoughNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const brought = path.join(path.dirname(require.resolve('node/package.json')), 'bin');
  return ['node', 'node.exe'].map((name) => path.join(brought, name)).find((file) => existsSync(file));
}

function stop(reason) {
  process.stderr.write(`${reason}: install Node 24 or newer from https://nodejs.org and run the same command again.\n`);
  process.exit(2);
}

const node = newEnoughNode();
if (node === undefined) {
  stop(
    `Whetstone runs on Node 24, this is Node ${process.versions.node}, and npm has not run the install script of its own Node`,
  );
} else {
  runNode(node, [main, ...process.argv.slice(2)], (error) => stop(`Node 24 could not be started (${error.message})`));
}
