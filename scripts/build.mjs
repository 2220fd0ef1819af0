// Makes dist/package, what `npm pack` publishes: the same folders as here with JavaScript in place of TypeScript, because
// Node strips no types under node_modules. What is read at run time (pages, prompts, sets, tables) lies where it lies here.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const target = path.join(root, 'dist', 'package');
const READ_AT_RUN_TIME = [
  'package.json',
  'dist/web',
  'prompts',
  'evals/sets',
  'data/prices.json',
  'data/model-facts.json',
  // Its types, and for who copies it.
  'client/whetstone.ts',
];

rmSync(target, { recursive: true, force: true });
const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(
  process.execPath,
  [compiler, '-p', path.join(import.meta.dirname, 'tsconfig.build.json')],
  {
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(1);
for (const name of READ_AT_RUN_TIME) cpSync(path.join(root, name), path.join(target, name), { recursive: true });
