import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { RunId } from '../../server/domain/ids.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { createStores } from '../../server/storage/stores.ts';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';

const cases = 1000;
const concurrency = 8;
const kills = 10;

let server: CompatibleServer;
let undisturbed: CommandLine;
let killed: CommandLine;
afterEach(() => Promise.all([server.close(), undisturbed.remove(), killed.remove()]));

it('loses nothing and asks nothing twice when it is killed at ten random moments and resumed', async () => {
  server = await startCompatibleServer({ delayMs: 20 });
  const open = () => openCommandLine({ OPENAI_BASE_URL: server.baseUrl });
  [undisturbed, killed] = await Promise.all([open(), open()]);
  await Promise.all([undisturbed, killed].map(prepare));
  const whole = await undisturbed.json(...runCommand);
  expect(server.count).toBe(cases);

  server.reset();
  // Moments that differ each time the test runs; a failure prints them.
  const pauses = fc.sample(fc.integer({ min: 1, max: 200 }), kills);
  let run = killed.start(...runCommand);
  for (const pause of pauses) {
    const before = server.count;
    await expect.poll(() => server.count, { timeout: 60_000, interval: 5 }).toBeGreaterThan(before);
    await setTimeout(pause);
    run.process.kill('SIGKILL');
    await run.ended;
    run = killed.start('runs', 'resume', '1', '--json');
  }
  const { code, stdout } = await run.ended;
  expect(code, `kills after ${pauses.join(', ')} ms`).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ total: cases, passed: whole.passed, failed: whole.failed, errors: 0 });
  expect(server.callsByContent.size).toBe(cases);
  expect(server.count).toBeLessThanOrEqual(cases + kills * concurrency);
  const stored = await storedOutcomes(killed);
  expect(stored).toHaveLength(cases);
  expect(stored).toEqual(await storedOutcomes(undisturbed));
}, 300_000);

const runCommand = [
  'run',
  '--project',
  'reviews',
  '--prompt',
  'sentiment',
  '--set',
  'all',
  '--model',
  'openai/test',
  '--concurrency',
  String(concurrency),
  '--json',
];

async function prepare(line: CommandLine): Promise<void> {
  const rows = Array.from({ length: cases }, (_, index) =>
    JSON.stringify({ id: `case-${index}`, input: `Review ${index}`, expected: index % 2 ? 'positive' : 'negative' }),
  );
  await line.json('project', 'create', 'Reviews');
  await line.json(
    'evals',
    'import',
    await line.file('cases.jsonl', rows.join('\n')),
    '--project',
    'reviews',
    '--set',
    'all',
    '--holdout',
    '0',
  );
  await line.json(
    'prompts',
    'add',
    await line.file('sentiment.txt', 'positive or negative? {{input}}'),
    '--project',
    'reviews',
    '--prompt',
    'sentiment',
  );
}

/** Every stored result of run 1: case, attempt, output and outcome. */
async function storedOutcomes(line: CommandLine): Promise<unknown[]> {
  const { database } = await openDatabase(line.data);
  const results = await createStores(database).results.page(1 as RunId);
  await database.destroy();
  const rows = results.map(({ result, case: item, judgement }) => [
    item.key,
    result.attempt,
    result.type === 'reply' && result.reply.output,
    judgement?.outcome,
  ]);
  return rows.sort(([a], [b]) => String(a).localeCompare(String(b)));
}
