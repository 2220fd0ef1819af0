// Usage: setup.cjs [--no-pages] [FILE [ARGUMENT…]]
// Installs the packages and builds the pages where that is needed, then runs the file on the project's own Node.
// It begins on the machine's Node (20 or newer) before anything is installed: plain JavaScript, no dependencies.
const { constants } = require('node:os');
const path = require('node:path');
const { SIGNALS, runNode } = require('../run-node.cjs');
const { withLock } = require('./lock.cjs');
const { installPackages, nodeFor, packagesInstalled } = require('./packages.cjs');
const { buildPages, pagesBuilt } = require('./pages.cjs');
const { SetUpProblem } = require('./problem.cjs');

const root = path.join(__dirname, '..', '..');

async function setUp(withPages) {
  if (packagesInstalled(root) && (!withPages || pagesBuilt(root))) return;
  for (const signal of SIGNALS) process.on(signal, stop);
  await withLock(path.join(root, 'dist', 'set-up.lock'), async () => {
    if (!packagesInstalled(root)) await installPackages(root);
    if (withPages && !pagesBuilt(root)) await buildPages(root);
  });
  for (const signal of SIGNALS) process.removeListener(signal, stop);
}

/** Leaves in order: what it started ends with it, and the lock is given back. */
function stop(signal) {
  process.exit(128 + constants.signals[signal]);
}

function fail(error) {
  const problem = error.syscall === undefined ? error : SetUpProblem.from('Set-up stopped', error.message);
  process.stderr.write(`${problem instanceof SetUpProblem ? problem.message : problem.stack}\n`);
  process.exit(2);
}

async function main() {
  const args = process.argv.slice(2);
  const leaveOut = args[0] === '--no-pages';
  const [file, ...rest] = leaveOut ? args.slice(1) : args;
  await setUp(!leaveOut || rest.includes('serve'));
  // Node keeps what it compiled: a command starts in two thirds of the time.
  process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'node');
  if (file !== undefined) runNode(nodeFor(root), [path.join(root, file), ...rest], fail);
}

main().catch(fail);
