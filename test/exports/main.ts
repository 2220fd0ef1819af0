import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** Lets promptfoo and Prompty read what is exported for them; installs both into a temporary folder, so that nothing of them becomes part of this project. */
const versions = { promptfoo: '0.123.1', prompty: '2.1.0', jinja2: '3.1.6' };
const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

async function install(folder: string): Promise<void> {
  console.log(`Installing promptfoo ${versions.promptfoo} and prompty ${versions.prompty} into ${folder} …`);
  const manifest = { private: true, dependencies: { promptfoo: versions.promptfoo } };
  // With the version that brings its binaries nothing has to be compiled.
  const overrides = { 'better-sqlite3': '13.2.0' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, overrides }));
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}` };
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, env });
  await run('python3', ['-m', 'venv', 'venv'], { cwd: folder });
  const wanted = [`prompty==${versions.prompty}`, `jinja2==${versions.jinja2}`];
  await run(path.join('venv', 'bin', 'pip'), ['install', '--quiet', ...wanted], { cwd: folder });
}

const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-exports-'));
try {
  await install(folder);
  const vitest = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'node', 'test/exports'];
  const env = { ...process.env, WHETSTONE_EXPORT_TOOLS: folder };
  process.exitCode = spawnSync(process.execPath, vitest, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
