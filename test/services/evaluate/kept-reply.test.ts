import { afterEach, expect, it, vi } from 'vitest';
import { planRun } from '../../../server/services/evaluate/plan-run.ts';
import { labels, openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

let lab: RunLab;
afterEach(() => lab.close());

/** Two runs after each other, with what the plan of the second one says. */
async function twice(finishReason: 'length' | 'stop', maxTokens: number | undefined) {
  const answer = () => ({ content: 'positive', finishReason });
  lab = await openRunLab({ cases: 3, server: { answer }, content: { ...labels, parameters: { maxTokens } } });
  await lab.run();
  const plan = await planRun(lab.workbench, lab.project, { prompt: 'sentiment', set: 'reviews', model: testModel });
  const run = await lab.run();
  const { cached } = await lab.workbench.stores.runs.summary(run.id);
  return { planned: plan.cachedCalls, cached, asked: lab.server.count };
}

it('an answer that a limit of the server cut off is asked for anew', async () => {
  expect(await twice('length', undefined)).toEqual({ planned: 0, cached: 0, asked: 6 });
});

it('one that the prompt’s own limit cut off is kept, as a whole one is', async () => {
  expect(await twice('length', 5)).toEqual({ planned: 3, cached: 3, asked: 3 });
  await lab.close();
  expect(await twice('stop', undefined)).toEqual({ planned: 3, cached: 3, asked: 3 });
});

it('one that an earlier version of the program kept makes place for a whole one', async () => {
  lab = await openRunLab({ cases: 1, server: { answer: () => 'positive' } });
  const { results, runs } = lab.workbench.stores;
  const storing = vi.spyOn(results, 'add');
  const cached = async () => (await runs.summary((await lab.run()).id)).cached;
  expect(await cached()).toBe(0);
  const kept = storing.mock.calls[0]?.[3][0]?.cache;
  if (!kept) throw new Error('the answer was kept');
  await results.keepReply({ ...kept, response: kept.response.replace('"stop"', '"length"') });
  expect([await cached(), await cached()]).toEqual([0, 1]);
});
