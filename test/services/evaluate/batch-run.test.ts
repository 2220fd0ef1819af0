import { afterEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../server/domain/run.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

const cases = 12;
const batch = { mode: 'batch', split: 'all' } as const;

let lab: RunLab;
afterEach(() => lab.close());
const open = async (options: Parameters<typeof openRunLab>[0]['server'] = {}, count = cases) => {
  lab = await openRunLab({ cases: count, server: options });
};
const summaryOf = (run: Run) => lab.workbench.stores.runs.summary(run.id);

describe('a run in batches', () => {
  it('asks the first case at once and all others in a batch, and comes to the same as a live run', async () => {
    await open();
    const run = await lab.run(batch);
    expect(run).toMatchObject({ status: 'completed', statusReason: '' });
    expect(lab.server.count).toBe(1);
    expect(lab.server.batches.count).toBe(cases - 1);
    const batched = await summaryOf(run);
    const live = await summaryOf(await lab.run({ split: 'all', useCache: false }));
    const same = ({ done, passed, failed, errors, inputTokens, outputTokens }: typeof live) => ({
      done,
      passed,
      failed,
      errors,
      inputTokens,
      outputTokens,
    });
    expect(same(batched)).toEqual(same(live));
  });
});
