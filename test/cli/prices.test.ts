import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from './command-line.ts';
import { inThisProcess } from './in-process.ts';

let spawned: CommandLine;
let cli: CommandLine;
beforeEach(async () => {
  spawned = await openCommandLine();
  cli = inThisProcess(spawned);
});
afterEach(() => spawned.remove());

const wrong = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli.run(...args, '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.code;
};
const set = (...more: string[]) =>
  cli.json('prices', 'set', 'lab/big', '--input', '3', '--output', '15', '--source', 'its list', ...more);

test('a price is set, listed, counted and taken back', async () => {
  expect(await set('--cached-input', '0.3', '--as-of', '2026-11-29', '--by', 'Ada')).toMatchObject({
    kind: 'price',
    subject: 'lab/big',
    value: { input: 3, cachedInput: 0.3, output: 15 },
    asOf: '2026-11-29',
    source: 'its list',
    author: 'Ada',
  });
  expect(await cli.json('prices', 'batch-share', 'lab', '0.5', '--source', 'its list')).toMatchObject({ value: 0.5 });
  const listed = await cli.json('prices', 'list');
  expect(listed).toMatchObject({ table: { old: expect.any(Boolean) } });
  expect(listed.prices).toContainEqual(expect.objectContaining({ model: 'lab/big', shipped: null }));
  const text = (await cli.run('prices', 'list')).stdout;
  expect(text).toMatch(/lab\/big +\$3 in, \$0\.3 cached, \$15 out +× 0\.5 +2026-11-29 +Ada: its list/);

  const asked = ['--tokens-in', '1000', '--tokens-out', '100', '--calls', '2000', '--cached-share', '50%'];
  const plan = await cli.json('costs', '--model', 'lab/big', ...asked, '--batch-share', '0.2');
  expect(plan).toMatchObject({ callsPerMonth: 2000, models: [{ reference: 'lab/big', own: true, batchShare: 0.5 }] });
  expect(JSON.stringify(plan)).toContain('"perCall":0.002835');

  await cli.json('prices', 'unset', 'lab/big');
  expect(await wrong('prices', 'unset', 'lab/big')).toBe('price_missing');
  expect((await cli.run('costs', '--model', 'lab/big')).stdout).toContain('no price');
});

test('costs are said cheapest first: 300 words are 400 tokens', async () => {
  const plan = await cli.json('costs', '--words-in', '300', '--words-out', '50', '--calls', '10000');
  expect(plan.usage).toMatchObject({ inputTokens: 400 });
  const { stdout } = await cli.run('costs', '--model', 'openai/gpt-4', '--model', 'openai/gpt-5-mini');
  expect(stdout).toMatch(/A call: 400 tokens in, 0 of them cached, 67 out; 10,000 calls a month\./);
  expect(stdout.indexOf('gpt-5-mini')).toBeLessThan(stdout.indexOf('openai/gpt-4 '));
});

test('what is wrong is said, and nothing is stored', async () => {
  expect(await wrong('prices', 'set', 'big', '--input', '1', '--output', '1', '--source', 'x')).toBe(
    'model_reference_invalid',
  );
  expect(await wrong('prices', 'set', 'lab/big', '--input', '1', '--output', '1', '--source', ' ')).toBe(
    'price_source_missing',
  );
  expect(await wrong('prices', 'set', 'lab/big', '--input', '-1', '--output', '1', '--source', 'x')).toMatch(/./);
  expect((await cli.run('prices', 'batch-share', 'lab', '2', '--source', 'x')).code).toBe(2);
  expect(
    (await cli.run('prices', 'set', 'a/b', '--input', '1', '--output', '1', '--source', 'x', '--as-of', '2026-02-31'))
      .code,
  ).toBe(2);
  expect((await cli.run('costs', '--words-in', '3', '--run', '1')).code).toBe(2);
});

test('an editor may change prices, and nobody who is not known', async () => {
  const { token } = await cli.json('people', 'add', 'Ada');
  expect(await wrong('prices', 'unset', 'lab/big')).toBe('person_required');
  cli.environment.WHETSTONE_TOKEN = String(token);
  expect(await set('--by', 'Somebody')).toMatchObject({ author: 'Ada' });
});
