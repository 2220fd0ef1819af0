const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Stands aside for a program on another Node: same terminal, signals passed on, its exit code taken over. */
function runNode(node, args, fail) {
  const child = spawn(node, args, { stdio: 'inherit' });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both of them; passed on as well, it would count as pressed twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', fail);
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

module.exports = { SIGNALS, runNode };
