import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { BatchOptions } from '../fixtures/compatible-batches.ts';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';

const cases = 400;

/** How long a batch takes from now on: for ever until a test has seen what comes before its end. */
let takesMs: number;
let server: CompatibleServer;
let line: CommandLine;
afterEach(() => Promise.all([server.close(), line.remove()]));

async function open(batches: BatchOptions = {}): Promise<void> {
  takesMs = Number.POSITIVE_INFINITY;
  server = await startCompatibleServer({ batches: { takesMs: () => takesMs, ...batches } });
  line = await openCommandLine({ OPENAI_BASE_URL: server.baseUrl });
  const rows = Array.from({ length: cases }, (_, index) =>
    JSON.stringify({ id: `case-${index}`, input: `Review ${index}`, expected: index % 2 ? 'positive' : 'negative' }),
  );
  const own = ['--project', 'reviews'];
  await line.json('project', 'create', 'Reviews');
  const file = await line.file('cases.jsonl', rows.join('\n'));
  await line.json('evals', 'import', file, ...own, '--set', 'all', '--holdout', '0');
  const prompt = await line.file('sentiment.txt', 'positive or negative? {{input}}');
  await line.json('prompts', 'add', prompt, ...own, '--prompt', 'sentiment');
}
const run = [
  'run',
  '--project',
  'reviews',
  '--prompt',
  'sentiment',
  '--set',
  'all',
  '--model',
  'openai/test',
  '--batch',
];

/** Every case was asked once, in whatever way. */
function expectAskedOnce() {
  const batched = [...server.batches.callsByContent.values(), ...server.callsByContent.values()];
  expect(batched).toHaveLength(cases);
  expect(new Set(batched)).toEqual(new Set([1]));
}

it('sends the batches and comes back; the run is followed later', async () => {
  await open();
  const sent = await line.run(...run);
  expect(sent.code).toBe(0);
  expect(sent.stdout).toContain('run        1 (running)');
  expect(sent.stdout).toContain(`0 of ${cases - 1} answered, expires`);
  expect(sent.stdout).toContain('whetstone runs resume 1');
  expect(await line.json('runs', 'show', '1')).toMatchObject({
    status: 'running',
    done: 1,
    batches: [{ requests: cases - 1 }],
  });
  takesMs = 50;
  const done = await line.json('runs', 'resume', '1');
  expect(done).toMatchObject({
    status: 'completed',
    done: cases,
    errors: 0,
    batches: [{ status: 'completed', completed: cases - 1 }],
  });
  expectAskedOnce();
});

it('needs the answers for a gate', async () => {
  await open({ takesMs: 50 });
  const { code, stderr } = await line.run(...run, '--fail-under', '80%');
  expect(code).toBe(2);
  expect(stderr).toContain('--wait');
  const waited = await line.run(...run, '--wait', '--fail-under', '99%');
  expect(waited.code).toBe(1);
  expect(waited.stdout).toContain('(completed)');
});

it('loses nothing and asks nothing twice when it is killed at random moments and resumed', async () => {
  await open({ takesMs: 2500, cutDownloads: 1 });
  const pauses = fc.sample(fc.integer({ min: 250, max: 1200 }), 5);
  let process = line.start(...run, '--wait', '--json');
  await process.said('Run 1.');
  for (const pause of pauses) {
    await setTimeout(pause);
    process.process.kill('SIGKILL');
    await process.ended;
    process = line.start('runs', 'resume', '1', '--json');
  }
  const { code, stdout } = await process.ended;
  expect(code, `kills after ${pauses.join(', ')} ms`).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ total: cases, done: cases, errors: 0, status: 'completed' });
  expect(new Set(server.batches.callsByContent.values()), `kills after ${pauses.join(', ')} ms`).toEqual(new Set([1]));
  expect(new Set([...server.batches.callsByContent.keys(), ...server.callsByContent.keys()]).size).toBe(cases);
  expect(server.count).toBeLessThanOrEqual(1 + pauses.length);
});

it('is followed by a server, though that is killed and started again', async () => {
  await open();
  const serve = ['serve', '--no-download', '--port', '0'];
  await line.json(...run);
  const first = line.start(...serve);
  const status = async () => (await line.json('runs', 'show', '1')).status;
  await expect
    .poll(async () => (await line.json('runs', 'show', '1')).statusReason, { timeout: 60_000, interval: 200 })
    .toBe('');
  first.process.kill('SIGKILL');
  await first.ended;
  expect(await status()).toBe('interrupted');
  takesMs = 50;
  const second = line.start(...serve);
  await expect.poll(status, { timeout: 60_000, interval: 500 }).toBe('completed');
  second.process.kill('SIGTERM');
  await second.ended;
  expect(await line.json('runs', 'show', '1')).toMatchObject({ done: cases, errors: 0 });
  expectAskedOnce();
});

it('is left to its provider by Ctrl-C', async () => {
  await open();
  const waiting = line.start(...run, '--wait');
  await waiting.said('Batch 1:');
  waiting.process.kill('SIGINT');
  const { code, stderr } = await waiting.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('the provider goes on');
  expect(await line.json('runs', 'show', '1')).toMatchObject({ status: 'running', batches: [{ ending: null }] });
});
