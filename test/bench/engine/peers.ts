import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { apiKey, type Measured, question, runContender, type Task } from './contender.ts';

const versions = { promptfoo: '0.123.1', evalite: '0.19.0', vitest: '3.2.7', openai: '7.57.0' };

/** Tools that are measured beside Whetstone. */
export type Peers = {
  promptfoo(task: Task): Promise<Measured>;
  evalite(task: Task): Promise<Measured>;
  remove(): Promise<void>;
};

/** Installs the peers into a temporary folder, so that nothing of them becomes part of this project. A cell ends at the limit. */
export async function installPeers(limitMs: number): Promise<Peers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-peers-'));
  console.log(
    `\nInstalling ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')} …`,
  );
  await writeFile(
    path.join(folder, 'package.json'),
    // With the version that brings its binaries nothing has to be compiled.
    JSON.stringify({ private: true, dependencies: versions, overrides: { 'better-sqlite3': '13.2.0' } }),
  );
  await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: { ...process.env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}` },
  });
  return {
    promptfoo: (task) => measurePromptfoo(folder, task, limitMs),
    evalite: (task) => measureEvalite(folder, task, limitMs),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** By its Node interface, storing its results as its command line does. */
async function measurePromptfoo(folder: string, task: Task, limitMs: number): Promise<Measured> {
  const script = path.join(folder, 'promptfoo.mjs');
  const config = await freshFolder(folder, 'promptfoo');
  await writeFile(script, promptfooScript);
  const environment = {
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
    PROMPTFOO_DISABLE_SHARING: '1',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
    PROMPTFOO_DISABLE_DEBUG_LOG: '1',
    PROMPTFOO_DISABLE_ERROR_LOG: '1',
    PROMPTFOO_CONFIG_DIR: config,
    // Else it opens no more than four connections, whatever the concurrency.
    PROMPTFOO_FETCH_CONNECTIONS: String(task.concurrency),
  };
  const measured = await runContender(script, task, { environment, folder, limitMs });
  return { ...measured, databaseBytes: await sizeOf(config) };
}

const promptfooScript = `
import { parseArgs } from 'node:util';
import promptfoo from 'promptfoo';
const { values } = parseArgs({ options: { 'base-url': { type: 'string' }, cases: { type: 'string' }, concurrency: { type: 'string' } } });
async function evaluate(cases, round) {
  const startedAt = performance.now();
  await promptfoo.evaluate({
    prompts: [${JSON.stringify(`${question}\n\n{{review}}`)}],
    providers: [{ id: 'openai:chat:bench', config: { apiBaseUrl: values['base-url'], apiKey: '${apiKey}' } }],
    tests: Array.from({ length: cases }, (_, index) => ({
      vars: { review: \`The soup of day \${index} (\${round}) was warm and the waiter kind.\` },
      assert: [{ type: 'icontains', value: 'positive' }],
    })),
    writeLatestResults: true,
  }, { maxConcurrency: Number(values.concurrency), showProgressBar: false, cache: false });
  return performance.now() - startedAt;
}
await evaluate(200, 'first');
const before = process.cpuUsage();
const wallMs = await evaluate(Number(values.cases), 'measured');
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024, databaseBytes: null }) + '\\n', () => process.exit());
`;

/** By its Node interface. Time runs from its first question, so that starting vitest is not counted; memory is that of both its processes. */
async function measureEvalite(folder: string, task: Task, limitMs: number): Promise<Measured> {
  const evals = await freshFolder(folder, 'evals');
  const script = path.join(folder, 'evalite.mjs');
  await writeFile(script, evaliteScript);
  await writeFile(path.join(evals, 'bench.eval.mts'), evaliteCases);
  const config = `import { defineConfig } from 'evalite/config';\nexport default defineConfig({ maxConcurrency: ${task.concurrency}, testTimeout: 600000 });\n`;
  await writeFile(path.join(evals, 'evalite.config.mts'), config);
  const environment = { BENCH_URL: task.baseUrl, BENCH_CASES: String(task.cases), BENCH_FOLDER: evals };
  const measured = await runContender(script, task, { environment, folder, limitMs });
  return { ...measured, databaseBytes: await sizeOf(path.join(evals, 'node_modules/.evalite')) };
}

const evaliteScript = `
import { readFileSync } from 'node:fs';
import { runEvalite } from 'evalite/runner';
const folder = process.env.BENCH_FOLDER;
process.on('exit', () => {
  const read = (name) => Number(readFileSync(folder + '/' + name, 'utf8'));
  const peakBytes = process.resourceUsage().maxRSS * 1024 + read('worker-bytes');
  console.log('\\n' + JSON.stringify({ wallMs: Date.now() - read('started-at'), cpuMs: null, peakBytes, databaseBytes: null }));
});
await runEvalite({ mode: 'run-once-and-exit', cwd: folder, hideTable: true });
`;

const evaliteCases = `
import { writeFileSync } from 'node:fs';
import { evalite } from 'evalite';
import OpenAI from 'openai';
import { afterAll } from 'vitest';
const { BENCH_URL, BENCH_CASES, BENCH_FOLDER } = process.env;
const client = new OpenAI({ baseURL: BENCH_URL, apiKey: '${apiKey}', maxRetries: 0 });
let started = false;
evalite('bench', {
  data: Array.from({ length: Number(BENCH_CASES) }, (_, index) => ({
    input: \`The soup of day \${index} was warm and the waiter kind.\`,
    expected: 'positive',
  })),
  task: async (input) => {
    if (!started) writeFileSync(BENCH_FOLDER + '/started-at', String(Date.now()));
    started = true;
    const content = ${JSON.stringify(`${question}\n\n`)} + input;
    const reply = await client.chat.completions.create({ model: 'bench', messages: [{ role: 'user', content }] });
    return reply.choices[0].message.content;
  },
  scorers: [{ name: 'contains', scorer: ({ output, expected }) => (output.includes(expected) ? 1 : 0) }],
});
afterAll(() => writeFileSync(BENCH_FOLDER + '/worker-bytes', String(process.resourceUsage().maxRSS * 1024)));
`;

async function freshFolder(parent: string, name: string): Promise<string> {
  const folder = path.join(parent, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}

/** Of the databases in a folder. */
async function sizeOf(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((name) => /\.(db|sqlite)(-wal)?$/.test(name));
  const sizes = await Promise.all(files.map(async (name) => (await stat(path.join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
