// Usage: guard.cjs PROGRAM [ARGUMENT…]: runs the program, and ends it at once when whoever started this has ended, even by
// SIGKILL: an npm that goes on alone would fight with the next one over node_modules. Needs a process group of its own.
const { spawn } = require('node:child_process');

const [program, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: windows && program === 'npm' });
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('end', () => (windows ? child.kill() : process.kill(-process.pid, 'SIGKILL'))).resume();
