import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationId } from '../../../server/domain/ids.ts';
import type { Release } from '../../../server/domain/release.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { scoreWaiting } from '../../../server/services/monitor/score-online.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { storedCall, storedRelease } from '../../fixtures/production-calls.ts';
import { type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const params = { project: 'reviews', prompt: 'classify' };
const script = '<script>alert(1)</script>';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let release: Release;
let ids: ObservationId[];
beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  seeded = await seedProject(test.workbench);
  release = await storedRelease(test.workbench, seeded);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

describe('online scoring', () => {
  it('is off at first, and says which scorers may judge production', async () => {
    const { prompts, scorers } = await server.call('GET /api/projects/:project/online-scoring', {
      params: { project: 'reviews' },
    });
    const proposed = [expect.objectContaining({ name: 'regex', args: '^\\s*(?:positive|negative)\\s*$' })];
    expect(prompts).toEqual([{ prompt: 'classify', name: 'classify', generations: [], waiting: 0, proposed }]);
    const refused = Object.fromEntries(scorers.map((scorer) => [scorer.name, scorer.refused]));
    expect(refused).toMatchObject({
      'json-valid': null,
      contains: null,
      regex: null,
      javascript: null,
      script: null,
      'all-of': null,
      latency: null,
      label: 'needs_expected',
      exact: 'needs_expected',
      rubric: 'asks_model',
      similarity: 'asks_model',
      'finish-reason': 'not_reported',
    });
    const { scoring, releases } = await server.call('GET /api/projects/:project/prompts/:prompt/quality', { params });
    expect({ scoring, releases }).toEqual({ scoring: null, releases: [] });
    const none = await server.call('GET /api/projects/:project/prompts/:prompt/promised', { params });
    expect(none).toEqual({ promised: null });
  });

  it('is switched on with a share and scorers', async () => {
    const scorers = ['2*json-valid', 'not:contains:script'].map(parseScorerSpec);
    const body = { scorers, share: 1, author: 'Ada' };
    const begun = await server.call('PUT /api/projects/:project/prompts/:prompt/online-scoring', { params, body });
    expect(begun).toEqual({
      number: 1,
      typed: ['json-valid', 'not:contains:script'],
      share: 1,
      author: 'Ada',
      endedAt: null,
      unreleased: false,
      scorers: scorers.map((spec) => ({ ...spec, weight: 1 })),
      createdAt: expect.any(String),
    });
    ids = [];
    for (const output of ['{}', script, 'positive'])
      ids.push(await storedCall(test.workbench, seeded, release, output));
    const { prompts } = await server.call('GET /api/projects/:project/online-scoring', {
      params: { project: 'reviews' },
    });
    expect(prompts[0]?.waiting).toBe(3);
    await scoreWaiting(test.workbench, new AbortController().signal);
  });

  it('gives the rate of each release, the points of the chart and each explanation', async () => {
    const quality = await server.call('GET /api/projects/:project/prompts/:prompt/quality', { params });
    expect(quality.releases).toMatchObject([{ release: release.id, calls: 3, rates: { passed: 1, failed: 2, n: 3 } }]);
    expect(quality.points).toMatchObject([{ release: release.id, rates: { n: 3 } }]);
    const one = { params, query: { scorer: 'not:contains:script', days: 1 } };
    const alone = await server.call('GET /api/projects/:project/prompts/:prompt/quality', one);
    expect(alone.releases[0]?.rates).toMatchObject({ passed: 2, failed: 1 });
    const { scores } = await server.call('GET /api/observations/:id/scores', { params: { id: ids[1] ?? 0 } });
    expect(scores).toMatchObject([
      {
        generation: 1,
        outcome: 'failed',
        scores: [
          { scorer: 'json-valid', passed: false, explanation: expect.any(String) },
          { scorer: 'not:contains:script', passed: false, explanation: 'The output contains "script".' },
        ],
      },
    ]);
  });

  it('finds observations by what they were scored as', async () => {
    const find = async (query: { scored: 'passed' | 'failed' | 'error'; scorer?: string }) => {
      const found = await server.call('GET /api/projects/:project/observations', {
        params: { project: 'reviews' },
        query,
      });
      return found.observations.map(({ id, outcome }) => [ids.indexOf(id as ObservationId), outcome]);
    };
    expect(await find({ scored: 'passed' })).toEqual([[0, 'passed']]);
    expect(await find({ scored: 'failed', scorer: 'json-valid' })).toEqual([
      [2, 'failed'],
      [1, 'failed'],
    ]);
    expect(await find({ scored: 'error' })).toEqual([]);
  });

  it('takes calls that name no release where that is asked, by the form of the newest version; else says how many there are', async () => {
    for (const output of ['negative', 'It is bad.']) await storedCall(test.workbench, seeded, null, output);
    const quality = () => server.call('GET /api/projects/:project/prompts/:prompt/quality', { params });
    await scoreWaiting(test.workbench, new AbortController().signal);
    expect(await quality()).toMatchObject({ unreleased: 2, releases: [{ release: release.id }] });
    const body = { scorers: [parseScorerSpec('regex:^negative$')], share: 1, unreleased: true, days: 1, author: 'Ada' };
    await server.call('PUT /api/projects/:project/prompts/:prompt/online-scoring', { params, body });
    await scoreWaiting(test.workbench, new AbortController().signal);
    const { unreleased, releases, points } = await quality();
    expect(unreleased).toBe(0);
    expect(releases).toMatchObject([
      { release: release.id, rates: { passed: 0, n: 3 } },
      { release: null, number: null, version: null, calls: 2, rates: { passed: 1, failed: 1 } },
    ]);
    expect(points.map((point) => [point.release, point.rates.n])).toEqual(
      expect.arrayContaining([
        [null, 2],
        [release.id, 3],
      ]),
    );
    await server.call('PUT /api/projects/:project/prompts/:prompt/online-scoring', {
      params,
      body: { ...body, scorers: ['json-valid', 'not:contains:script'].map(parseScorerSpec), unreleased: false },
    });
    await scoreWaiting(test.workbench, new AbortController().signal);
  });

  it('is switched off, and what was scored stays', async () => {
    const response = await server.send('DELETE /api/projects/:project/prompts/:prompt/online-scoring', { params });
    expect(response.status).toBe(204);
    const { prompts } = await server.call('GET /api/projects/:project/online-scoring', {
      params: { project: 'reviews' },
    });
    expect(prompts[0]?.generations).toMatchObject([{ endedAt: expect.any(String) }, {}, {}]);
    const quality = await server.call('GET /api/projects/:project/prompts/:prompt/quality', { params });
    expect(quality.releases[0]?.rates.n).toBe(3);
  });

  it('refuses what can’t be, with the reason', async () => {
    const refusal = ({ scorers, share }: { scorers: string[]; share: number }) => {
      const body = { scorers: scorers.map(parseScorerSpec), share };
      return server.refusal('PUT /api/projects/:project/prompts/:prompt/online-scoring', { params, body });
    };
    expect(await refusal({ scorers: ['rubric:It is polite'], share: 1 })).toMatchObject({
      status: 400,
      code: 'online_scorer_asks_model',
      details: { reason: { values: { scorer: 'rubric:It is polite' } } },
    });
    expect(await refusal({ scorers: ['label'], share: 1 })).toMatchObject({ code: 'online_scorer_needs_expected' });
    for (const share of [0, 1.1, -1]) {
      expect(await refusal({ scorers: ['json-valid'], share })).toMatchObject({ code: 'request_invalid' });
    }
    expect(await refusal({ scorers: [], share: 1 })).toMatchObject({ code: 'request_invalid' });
    const generation = { params, query: { generation: 9 } };
    expect(await server.refusal('GET /api/projects/:project/prompts/:prompt/quality', generation)).toMatchObject({
      status: 404,
      code: 'online_scoring_missing',
    });
    const nothing = { params: { id: 999 } };
    expect(await server.refusal('GET /api/observations/:id/scores', nothing)).toMatchObject({
      code: 'observation_missing',
    });
  });
});
