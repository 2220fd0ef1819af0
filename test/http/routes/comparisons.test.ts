import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

const size = 30;
let lab: RunLab;
let server: TestServer;
let wrongBelow = 0;
let ids: number[];

/** The first run is wrong on the first twenty reviews, the second on ten, the third on none, and the fourth as the first. */
beforeAll(async () => {
  lab = await openRunLab({
    cases: size,
    server: {
      answer: ({ content }) => {
        const review = Number(/number (\d+)/.exec(content)?.[1]);
        const right = review % 2 === 0 ? 'positive' : 'negative';
        return review < wrongBelow ? (review === 0 ? 'no idea' : review % 2 === 0 ? 'negative' : 'positive') : right;
      },
    },
  });
  server = await serveForTest(lab.workbench);
  ids = [];
  for (const wrong of [20, 10, 0, 20]) {
    wrongBelow = wrong;
    ids.push((await lab.run({ useCache: false })).id);
  }
});
afterAll(async () => {
  await server.close();
  await lab.close();
});

const several = (query: Record<string, string | number | boolean> = {}) =>
  server.call('GET /api/comparisons', { query: { runs: ids.join(','), ...query } });
const cases = (query: Record<string, string | number | boolean> = {}) =>
  server.call('GET /api/comparisons/cases', { query: { runs: ids.join(','), ...query } });

describe('several runs', () => {
  it('are each paired with the first, with raw and corrected p', async () => {
    const { runs, pairs, groups } = await several();
    expect(runs.map(({ id }) => id)).toEqual(ids);
    expect(pairs).toMatchObject([
      { run: ids[1], n: size, fixed: 10, broken: 0, verdict: 'better', correctedVerdict: 'better' },
      { run: ids[2], n: size, fixed: 20, broken: 0, verdict: 'better', correctedVerdict: 'better' },
      { run: ids[3], n: size, fixed: 0, broken: 0, verdict: "can't tell", pValue: 1, correctedPValue: 1 },
    ]);
    expect(pairs[0]?.pValue).toBeCloseTo(2 / 2 ** 10, 12);
    expect(pairs[0]?.correctedPValue).toBeCloseTo((2 * 2) / 2 ** 10, 12);
    expect(pairs[1]?.correctedPValue).toBeCloseTo((3 * 2) / 2 ** 20, 12);
    expect(pairs[1]?.noAnswer).toEqual({ before: 1, after: 0, fixed: 1, broken: 0 });
    expect(groups).toEqual({ broken: 0, fixed: 20, bothFail: 0, bothPass: 10, excluded: 0 });
  });

  it('are two as the comparison of a pair has them', async () => {
    const [a = 0, b = 0] = ids;
    const { comparison } = await server.call('GET /api/compare/:a/:b', { params: { a, b } });
    const { pairs } = await several({ runs: `${a},${b}` });
    expect(pairs).toMatchObject([{ ...comparison, correctedPValue: comparison.pValue }]);
  });

  it('show their cases in pages, those that most runs changed first', async () => {
    const one = await cases({ limit: 12 });
    const two = await cases({ limit: 12, after: one.after ?? 0 });
    const three = await cases({ limit: 12, after: two.after ?? 0 });
    expect([one, two, three].map((page) => page.cases.length)).toEqual([12, 12, 6]);
    expect([one.count, three.after]).toEqual([size, null]);
    const all = [one, two, three].flatMap((page) => page.cases);
    expect(new Set(all.map(({ caseKey }) => caseKey)).size).toBe(size);
    expect(all[0]).toMatchObject({ group: 'fixed', changes: [null, 'fixed', 'fixed', 'bothFail'] });
    expect(all[10]).toMatchObject({ group: 'fixed', changes: [null, 'bothFail', 'fixed', 'bothFail'] });
    expect(all[0]?.results.map((row) => row?.outcome)).toEqual(['failed', 'passed', 'passed', 'failed']);
  });

  it('show only one group, or only what differs', async () => {
    expect((await cases({ group: 'bothPass' })).count).toBe(10);
    expect((await cases({ group: 'broken' })).cases).toEqual([]);
    expect((await cases({ differ: true })).count).toBe(20);
    expect((await cases({ split: 'holdout' })).count).toBe(0);
  });

  it('are paired anew when one was scored again', async () => {
    const [a = 0, , c = 0] = ids;
    const query = { runs: `${a},${c}` };
    expect((await several(query)).pairs[0]).toMatchObject({ fixed: 20 });
    const scoring = { threshold: null, judgeModel: null, embeddingModel: null };
    const scorers = [{ name: 'contains', args: 'i', negate: false, weight: 1 }];
    await rescoreRun(lab.workbench, a as RunId, { ...scoring, scorers });
    expect((await several(query)).pairs[0]).toMatchObject({ fixed: 0 });
    expect((await several(query)).pairs[0]?.warnings.map(({ code }) => code)).toEqual(['other_scorers']);
  });

  it('are taken away as one file, as each of them is', async () => {
    const [a = 0, b = 0] = ids;
    const both = await server.send('GET /api/comparisons/report', { query: { runs: `${a},${b}`, language: 'zh-CN' } });
    expect(both.headers.get('content-disposition')).toBe(`attachment; filename=runs-${a}-${b}.html`);
    expect(both.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox/);
    expect(await both.text()).toMatch(/^<!doctype html>[\s\S]*lang="zh-CN"[\s\S]*Review number 0/);
    const one = await server.send('GET /api/runs/:run/report', { params: { run: b } });
    expect(one.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await one.text()).toContain('10 of 10 shown.');
    expect(await server.refusal('GET /api/runs/:run/report', { params: { run: 99 } })).toMatchObject({ status: 404 });
  });

  it('are refused where they are too few, too many or not there', async () => {
    const refused = (runs: string) => server.refusal('GET /api/comparisons', { query: { runs } });
    expect(await refused('1,1')).toMatchObject({ status: 400, code: 'too_few_runs' });
    expect(await refused('1,2,3,4,5,6,7')).toMatchObject({ status: 400, code: 'too_many_runs', details: { most: 6 } });
    expect(await refused('1,99')).toMatchObject({ status: 404, code: 'run_missing' });
    expect(await refused('1;2')).toMatchObject({ status: 400, code: 'request_invalid' });
  });
});
