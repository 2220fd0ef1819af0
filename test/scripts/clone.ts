import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const repository = path.join(import.meta.dirname, '..', '..');

const LOCKFILE = {
  packages: {
    '': { name: 'whetstone' },
    'node_modules/zod': { version: '4.0.0', integrity: 'sha512-zod' },
    'node_modules/only-elsewhere': { version: '1.0.0', optional: true, os: ['plan9'], cpu: ['mips'] },
  },
};

/** Does what `npm ci` does as far as set-up can see: away with the old, the packages, and last of all its own account. */
const FAKE_NPM = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('npm.log', 'began ' + process.argv[2] + '\\n');
if (process.env.FAKE_NPM_FAILS) { console.error(process.env.FAKE_NPM_FAILS); process.exit(1); }
fs.rmSync('node_modules', { recursive: true, force: true });
fs.mkdirSync('node_modules/zod', { recursive: true });
fs.writeFileSync('node_modules/zod/package.json', '{}');
fs.mkdirSync('node_modules/node/bin', { recursive: true });
fs.symlinkSync(process.execPath, 'node_modules/node/bin/node');
fs.mkdirSync('node_modules/vite/bin', { recursive: true });
fs.writeFileSync('node_modules/vite/bin/vite.js', \`
  const fs = require('node:fs');
  fs.appendFileSync('vite.log', 'built\\\\n');
  const folder = process.argv[process.argv.indexOf('--outDir') + 1];
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync('web/index.html', folder + '/index.html');
\`);
setTimeout(() => {
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/zod': packages['node_modules/zod'] } }));
  fs.appendFileSync('npm.log', 'finished\\n');
}, Number(process.env.FAKE_NPM_MS ?? 0));
`;

export type Outcome = { code: number | null; stdout: string; stderr: string };

/** A fresh clone in a temporary folder, with the real set-up and an npm that needs no network. */
export function freshClone() {
  const folder = mkdtempSync(path.join(tmpdir(), 'whetstone-clone-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  cpSync(path.join(repository, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  write('package-lock.json', JSON.stringify(LOCKFILE));
  write('web/index.html', 'first page');
  write('server/domain/run.ts', '');
  write('server/http/contract/run.ts', '');
  write('program.cjs', 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;');
  write('bin/npm', FAKE_NPM);
  chmodSync(path.join(folder, 'bin', 'npm'), 0o755);
  symlinkSync(process.execPath, path.join(folder, 'bin', 'node'));

  const start = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    spawn(process.execPath, ['scripts/setup.cjs', ...args], {
      cwd: folder,
      env: { ...process.env, PATH: path.join(folder, 'bin'), ...env },
    });
  const setUp = (args: string[] = [], env: NodeJS.ProcessEnv = {}) =>
    new Promise<Outcome>((resolve, reject) => {
      const child = start(args, env);
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        stderr += text;
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  const lines = (name: string) =>
    existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name), 'utf8').trim().split('\n') : [];
  return { folder, write, start, setUp, lines };
}
