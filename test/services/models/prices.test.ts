import { afterEach, expect, it } from 'vitest';
import type { Run } from '../../../server/domain/run.ts';
import { setPrice, takePriceBack } from '../../../server/services/models/prices.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

let lab: RunLab;
afterEach(() => lab.close());

const said = { kind: 'price', subject: testModel, asOf: '2026-11-30', source: 'a list', author: '' } as const;
const usd = (input: number) => setPrice(lab.workbench, { ...said, value: { input, cachedInput: null, output: 0 } });
const costs = async ({ id }: Run) =>
  (await lab.workbench.stores.results.page(id)).map(({ result }) =>
    result.type === 'reply' ? result.reply.costUsd : null,
  );
/** 1,000 tokens in are $1 at $1,000 a million. */
const server = { answer: () => ({ content: 'positive', usage: { promptTokens: 1000, completionTokens: 1 } }) };

it('what is asked after a run was resumed has the price of then; what was stored keeps its own', async () => {
  lab = await openRunLab({ cases: 10, server });
  await usd(1000);
  const run = await lab.run({ maxCostUsd: 3, concurrency: 1 });
  expect(run.status).toBe('paused');
  const before = await costs(run);
  expect(new Set(before)).toEqual(new Set([1]));
  await usd(0);
  const resumed = await (await lab.workbench.runner.start(run.id)).finished;
  expect(resumed.status).toBe('completed');
  const after = await costs(run);
  expect(after.filter((cost) => cost === 1)).toHaveLength(before.length);
  expect(after.filter((cost) => cost === 0)).toHaveLength(10 - before.length);
});

it('an execution keeps the price that it began with', async () => {
  lab = await openRunLab({ cases: 10, server: { ...server, delayMs: 20 } });
  await usd(1000);
  const run = await lab.create({ concurrency: 1 });
  const { finished } = await lab.workbench.runner.start(run.id);
  await expect.poll(async () => (await costs(run)).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await usd(5000);
  expect(await finished).toMatchObject({ status: 'completed' });
  expect(new Set(await costs(run))).toEqual(new Set([1]));
});

it('a run with a cost cap does not go on once its price was taken back', async () => {
  lab = await openRunLab({ cases: 4, server });
  await lab.workbench.stores.connections.add({
    slug: 'far',
    name: 'Far',
    baseUrl: 'https://models.example/v1',
    keyVariable: null,
  });
  const far = { ...said, subject: 'far/model' };
  await setPrice(lab.workbench, { ...far, value: { input: 1, cachedInput: null, output: 1 } });
  const run = await lab.create({ model: 'far/model', maxCostUsd: 1 });
  await takePriceBack(lab.workbench, far);
  const ended = await lab.workbench.runner.start(run.id).then(
    ({ finished }) => finished,
    (error: { code: string }) => error.code,
  );
  expect(ended).toBe('cost_cap_without_price');
});
