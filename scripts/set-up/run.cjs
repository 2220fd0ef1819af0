const { spawn } = require('node:child_process');
const path = require('node:path');

const guard = path.join(__dirname, 'guard.cjs');

/** Runs a program out of sight, for as long as this process lives; resolves to how it ended and what it printed. */
function run(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [guard, program, ...args], { ...options, detached: true });
    const stop = () => {
      if (child.exitCode === null) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    };
    process.once('exit', stop);
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      process.removeListener('exit', stop);
      resolve({ code, output: output.trim() });
    });
  });
}

module.exports = { run };
