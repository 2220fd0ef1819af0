import { expect, it } from 'vitest';
import { readOtlpTraces } from '../../../server/formats/otlp.ts';
import { recordMessages } from '../../../server/services/monitor/record-messages.ts';
import { recordTraces } from '../../../server/services/monitor/record-traces.ts';
import { traceAt } from '../../fixtures/sent-traces.ts';
import { withTurns } from '../../fixtures/with-turns.ts';
import { openTestWorkbench } from '../../fixtures/workbench.ts';

it('lets others have their turn while it stores the many spans or messages of one request', async () => {
  const test = await openTestWorkbench();
  const { stores } = test.workbench;
  const { id, slug } = await stores.projects.create('Reviews');
  const sent = Array.from({ length: 80 }, (_, number) => readOtlpTraces(traceAt(number + 1, { answer: 'good' })) ?? []);
  const spans = sent.flat().flatMap((one) => one.spans);
  const traces = await withTurns(recordTraces(test.workbench, [{ resource: {}, spans, unreadable: [] }], slug));
  expect(traces.report).toEqual({ accepted: 320, rejected: 0, problems: [] });
  expect(traces.turns).toBeGreaterThan(320 / 10);
  // The slices end within a trace.
  expect((await stores.traces.list(id, { limit: 100 })).map((trace) => trace.spans)).toEqual(Array(80).fill(4));
  const messages = spans.map(({ traceId, spanId }) => ({
    traceId,
    spanId,
    event: { name: 'gen_ai.choice', atUs: 1, attributes: { message: 'good' } },
  }));
  const logs = await withTurns(recordMessages(test.workbench, [{ resource: {}, messages }], slug));
  expect(logs.report).toEqual({ accepted: 320, rejected: 0, problems: [] });
  expect(logs.turns).toBeGreaterThan(320);
  await test.close();
});
