import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReport } from '../../../server/services/evaluate/html-report.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

let lab: RunLab;
let server: TestServer;
const asked = new Map<number, number>();

/** Reviews 0 and 1 are right at their first try only, review 2 never, and all others always. */
beforeAll(async () => {
  lab = await openRunLab({
    cases: 12,
    server: {
      answer: ({ content }) => {
        const review = Number(/number (\d+)/.exec(content)?.[1]);
        const before = asked.get(review) ?? 0;
        asked.set(review, before + 1);
        const isRight = review > 2 || (review < 2 && before === 0);
        return (review % 2 === 0) === isRight ? 'positive' : 'negative';
      },
    },
  });
  server = await serveForTest(lab.workbench);
});
afterAll(async () => {
  await server.close();
  await lab.close();
});

describe('repeats of a run', () => {
  it('have pass@k, pass^k and flaky cases, which the results can be narrowed to', async () => {
    const { id } = await lab.run({ repeats: 3, useCache: false });
    const { rates, flaky, flakyCases, groups } = await server.call('GET /api/runs/:run/repeats', {
      params: { run: id },
    });
    expect(rates.map(({ k, n, tooFew }) => [k, n, tooFew])).toEqual([
      [1, 12, 0],
      [2, 12, 0],
      [3, 12, 0],
    ]);
    // 9 cases always pass, 2 pass once in three, 1 never.
    expect(rates[0]?.passAtK?.value).toBeCloseTo((9 + 2 / 3) / 12, 12);
    expect(rates[1]?.passAtK?.value).toBeCloseTo((9 + 2 * (2 / 3)) / 12, 12);
    expect(rates[2]?.passAtK?.value).toBeCloseTo(11 / 12, 12);
    expect(rates[2]?.passHatK?.value).toBeCloseTo(9 / 12, 12);
    expect(flaky).toMatchObject({ count: 2, n: 12 });
    expect(flakyCases).toEqual([
      { caseKey: 'case-0', passed: 1, repeats: 3 },
      { caseKey: 'case-1', passed: 1, repeats: 3 },
    ]);
    expect(groups).toBeNull();

    const { results } = await server.call('GET /api/runs/:run/results', {
      params: { run: id },
      query: { flaky: true },
    });
    expect(results.map(({ caseKey, outcome }) => `${caseKey} ${outcome}`).sort()).toEqual(
      ['case-0', 'case-1'].flatMap((key) => [`${key} failed`, `${key} failed`, `${key} passed`]),
    );
    const counts = await server.call('GET /api/runs/:run/result-counts', {
      params: { run: id },
      query: { flaky: true },
    });
    expect(counts).toEqual({ passed: 2, failed: 4, noAnswer: 0, errors: 0 });

    const report = await runReport(lab.workbench, id, 'en');
    expect(report).toContain('pass^3');
    expect(report).toContain('2 of 12 repeated cases are flaky');
  });

  it('are none where each case was asked once', async () => {
    const { id } = await lab.run({ useCache: false });
    expect(await server.call('GET /api/runs/:run/repeats', { params: { run: id } })).toEqual({
      rates: [],
      flaky: null,
      flakyCases: [],
      groups: null,
    });
  });

  it('are taken over groups where cases belong together', async () => {
    const { stores } = lab.workbench;
    const set = await stores.evalSets.create(lab.project.id, { name: 'Grouped', notes: '', holdoutShare: 0 });
    const added = Array.from({ length: 12 }, (_, index) => ({
      key: `grouped-${index}`,
      variables: { review: `Review number ${index}` },
      expected: index % 2 === 0 ? 'positive' : 'negative',
      tags: [],
      source: 'test',
      split: 'dev' as const,
      group: `document ${Math.floor(index / 3)}`,
    }));
    await stores.evalSets.change(set.id, 0, { added, replaced: [], removed: [] }, { note: '', author: '' });
    const { id } = await lab.run({ set: 'grouped', useCache: false });
    const { rates, groups } = await server.call('GET /api/runs/:run/repeats', { params: { run: id } });
    expect(rates).toEqual([]);
    expect(groups).toMatchObject({ cases: 12, groups: 4, passRate: { value: 9 / 12 } });
    // The one document that has all three failures makes it wider than twelve cases by themselves would be.
    const { interval } = await server.call('GET /api/runs/:run', { params: { run: id } });
    const width = ([low = 0, high = 0]: readonly number[] = []) => high - low;
    expect(width(groups?.passRate.interval)).toBeGreaterThan(width(interval ?? []));
  });
});
