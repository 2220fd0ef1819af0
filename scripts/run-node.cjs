const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const parent = process.ppid;

/** Stands aside for a program on another Node: same terminal, signals passed on, its exit code taken over. */
function runNode(node, args, fail) {
  const child = spawn(node, args, { stdio: 'inherit' });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both of them; passed on as well, it would count as pressed twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(child);
  child.on('error', fail);
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

/** npm puts a shell in between, and that passes no signal on: told to end, it is simply gone. */
function endWithParent(child) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
}

module.exports = { SIGNALS, runNode };
