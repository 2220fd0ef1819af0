import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOtlpTraces } from '../../../server/formats/otlp.ts';
import { pruneTraces } from '../../../server/services/monitor/prune-traces.ts';
import { recordTraces } from '../../../server/services/monitor/record-traces.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { traceAt } from '../../fixtures/sent-traces.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
beforeAll(async () => {
  test = await openTestWorkbench();
});
afterAll(() => test.close());

it('deletes what is older than is kept, at once; the observations stay', async () => {
  const { workbench } = test;
  const { project } = await seedProject(workbench, { size: 4 });
  const day = 86_400_000;
  for (const [number, age] of [1, 6, 8, 400].entries()) {
    const sent = readOtlpTraces(traceAt(number + 1, { answer: 'positive', startMs: Date.now() - age * day })) ?? [];
    expect(await recordTraces(workbench, sent, null)).toEqual({ accepted: 4, rejected: 0, problems: [] });
  }
  const failures: unknown[] = [];
  await pruneTraces(workbench, 7, AbortSignal.abort(), (error) => failures.push(error));
  expect(failures).toEqual([]);
  expect(await workbench.stores.traces.list(project.id)).toHaveLength(2);
  expect(await workbench.stores.observations.list(project.id)).toHaveLength(4);
});
