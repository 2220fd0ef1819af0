import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { readMood, runToEnd, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let release: number;
const params = { project: 'reviews' };
const script = '<script>alert("x")</script>';

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  const seeded = await seedProject(test.workbench);
  await runToEnd(test.workbench, seeded);
  const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace' };
  release = (await approveRelease(test.workbench, seeded.project, { kind: 'owner' }, { ...approval, overrides: [] }))
    .id;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const report = (about: object = {}) => ({
  body: {
    project: 'reviews',
    release,
    input: { review: 'Great, another hour to wait.' },
    output: 'positive',
    ...about,
  },
});

describe('observations', () => {
  it('are reported by programs and listed, output as the text it is', async () => {
    const recorded = await server.call('POST /api/observations', report({ output: script, latencyMs: 84 }));
    expect(recorded).toMatchObject({ release, prompt: 'classify', version: 1, output: script, caseKey: null });
    const response = await server.send('GET /api/projects/:project/observations', { params });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ observations: [recorded] });
  });

  it('take feedback at once or later', async () => {
    const { id } = await server.call('POST /api/observations', report({ feedback: 'up' }));
    const later = { params: { id }, body: { feedback: 'down' as const, feedbackNote: 'sarcasm' } };
    expect(await server.call('PATCH /api/observations/:id', later)).toMatchObject({
      feedback: 'down',
      feedbackNote: 'sarcasm',
    });
    const found = { params, query: { feedback: 'down', release, limit: 5 } };
    const { observations } = await server.call('GET /api/projects/:project/observations', found);
    expect(observations.map((one) => one.id)).toEqual([id]);
  });

  it('are refused where they name what there is not', async () => {
    const refusal = (about: object) => server.refusal('POST /api/observations', report(about));
    expect(await refusal({ project: 'none' })).toMatchObject({ status: 404, code: 'project_missing' });
    expect(await refusal({ release: 999 })).toMatchObject({ status: 404, code: 'release_missing' });
    expect(await refusal({ feedback: 'meh' })).toMatchObject({ status: 400, code: 'request_invalid' });
    expect(
      await server.refusal('PATCH /api/observations/:id', { params: { id: 999 }, body: { feedback: 'up' } }),
    ).toMatchObject({ status: 404, code: 'observation_missing' });
  });

  it('are no calls that failed: those are counted by release and kind, with the interval of their share', async () => {
    const failed = { project: 'reviews', release, failure: 'timeout' as const, message: script };
    await server.call('POST /api/failed-calls', { body: failed });
    await server.call('POST /api/failed-calls', { body: { project: 'reviews' } });
    const { observations } = await server.call('GET /api/projects/:project/observations', { params });
    const n = observations.length + 1;
    const seen = await server.call('GET /api/projects/:project/failed-calls', { params });
    expect(seen.releases).toEqual([
      {
        release,
        calls: n,
        failed: 1,
        rate: 1 / n,
        interval: wilsonInterval(1, n),
        kinds: [{ failure: 'timeout', count: 1 }],
      },
      {
        release: null,
        calls: 1,
        failed: 1,
        rate: 1,
        interval: wilsonInterval(1, 1),
        kinds: [{ failure: 'other', count: 1 }],
      },
    ]);
    expect(seen.newest).toMatchObject([{ failure: 'other' }, { failure: 'timeout', message: script, traceId: null }]);
    const of = { params, query: { release } };
    expect((await server.call('GET /api/projects/:project/failed-calls', of)).newest).toHaveLength(1);
    const wrong = { body: { ...failed, release: 999 } };
    expect(await server.refusal('POST /api/failed-calls', wrong)).toMatchObject({ status: 404 });
  });

  it('are counted over time by release', async () => {
    const { sliceMs, buckets } = await server.call('GET /api/projects/:project/monitor', { params });
    expect(sliceMs).toBe(6 * 3_600_000);
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(buckets.reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
    expect(buckets.find((bucket) => bucket.count > 0)).toMatchObject({ release, version: 1, failed: 1, unrecorded: 0 });
  });

  it('become cases of the next set version together, once it was seen what they resemble', async () => {
    const body = { input: { review: 'Soup came cold twice.' }, feedback: 'down' as const };
    const { id } = await server.call('POST /api/observations', report(body));
    const key = 'POST /api/projects/:project/sets/:set/observed-cases';
    const chosen = { params: { ...params, set: 'labelled' }, body: { matching: { search: 'soup', release } } };
    const found = await server.call(`${key}/preview`, chosen);
    expect(found).toMatchObject({ base: 1, candidates: [{ id, text: 'Soup came cold twice.', resembles: null }] });
    const cases = [{ id, expected: 'negative' }];
    const sent = { params: chosen.params, body: { base: found.base, cases, note: 'Disliked', author: 'Ada' } };
    expect(await server.call(key, sent)).toEqual({ set: 'labelled', setVersion: 2, added: 1, withoutExpected: 0 });
    expect(await server.refusal(key, sent)).toMatchObject({ status: 400, code: 'observations_none' });
    expect(await server.call(`${key}/preview`, { ...chosen, body: { ids: [id] } })).toMatchObject({ already: 1 });
  });

  it('become cases of the next set version, once', async () => {
    const { id } = await server.call('POST /api/observations', report({ feedback: 'down' }));
    const sent = { params: { id }, body: { set: 'labelled', expected: 'negative', author: 'Ada' } };
    const made = await server.call('POST /api/observations/:id/case', sent);
    expect(made).toEqual({ caseKey: `observation-${id}`, set: 'labelled', setVersion: 3 });
    expect(await server.call('POST /api/observations/:id/case', sent)).toEqual(made);
    const tagged = { params: { ...params, set: 'labelled' }, query: { tag: 'from-production' } };
    const { cases } = await server.call('GET /api/projects/:project/sets/:set/cases', tagged);
    expect(cases.at(-1)).toMatchObject({ key: made.caseKey, expected: 'negative', source: 'observation' });
    const { observations } = await server.call('GET /api/projects/:project/observations', { params });
    expect(observations[0]).toMatchObject({ id, caseKey: made.caseKey });
  });
});
