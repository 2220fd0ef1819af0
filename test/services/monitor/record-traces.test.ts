import { expect, it } from 'vitest';
import { readOtlpTraces } from '../../../server/formats/otlp.ts';
import { recordTraces } from '../../../server/services/monitor/record-traces.ts';
import { traceAt } from '../../fixtures/sent-traces.ts';
import { openTestWorkbench } from '../../fixtures/workbench.ts';

it('lets others have their turn while it stores the many spans of one request', async () => {
  const test = await openTestWorkbench();
  const { stores } = test.workbench;
  const { id, slug } = await stores.projects.create('Reviews');
  const sent = Array.from({ length: 80 }, (_, number) => readOtlpTraces(traceAt(number + 1, { answer: 'good' })) ?? []);
  const spans = sent.flat().flatMap((one) => one.spans);
  let [turns, stored] = [0, false];
  const takeTurn = () => {
    turns += 1;
    if (!stored) setImmediate(takeTurn);
  };
  setImmediate(takeTurn);
  const report = await recordTraces(test.workbench, [{ resource: {}, spans, unreadable: [] }], slug);
  stored = true;
  expect(report).toEqual({ accepted: 320, rejected: 0, problems: [] });
  expect(turns).toBeGreaterThan(320 / 10);
  // The slices end within a trace.
  expect((await stores.traces.list(id, { limit: 100 })).map((trace) => trace.spans)).toEqual(Array(80).fill(4));
  await test.close();
});
