import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

let lab: RunLab;
let server: TestServer;
beforeAll(async () => {
  lab = await openRunLab({ cases: 6, server: { answer: () => 'positive' } });
  server = await serveForTest(lab.workbench);
});
afterAll(async () => {
  await server.close();
  await lab.close();
});
const newRun = async () => ({ params: { run: (await lab.run()).id } });

it('a run is noted, tagged and archived, and what is left out stays', async () => {
  const about = await newRun();
  const first = await server.call('PATCH /api/runs/:run', {
    ...about,
    body: { note: 'try shorter', tags: [' short '] },
  });
  expect(first).toMatchObject({ note: 'try shorter', tags: ['short'], archivedAt: null });
  const second = await server.call('PATCH /api/runs/:run', { ...about, body: { archived: true } });
  expect(second).toMatchObject({ note: 'try shorter', tags: ['short'], archivedAt: expect.any(String) });
  expect(await server.call('PATCH /api/runs/:run', { ...about, body: {} })).toEqual(second);
  expect(await server.refusal('PATCH /api/runs/:run', { ...about, body: { tags: [''] } })).toMatchObject({
    code: 'request_invalid',
  });
});

it('a run is deleted with its results, and says before what goes with it', async () => {
  const about = await newRun();
  expect(await server.call('GET /api/runs/:run/dependents', about)).toEqual({
    results: 6,
    reviews: 0,
    comments: 0,
    productionCases: 0,
    releases: [],
  });
  await server.call('DELETE /api/runs/:run', { ...about, body: { author: 'Ada' } });
  expect(await server.refusal('GET /api/runs/:run', about)).toMatchObject({ status: 404, code: 'run_missing' });
  expect(await server.refusal('DELETE /api/runs/:run', { ...about, body: {} })).toMatchObject({ status: 404 });
});

it('a run that a release rests on is not deleted, and the release is named', async () => {
  const about = await newRun();
  await server.call('POST /api/projects/:project/releases', {
    params: { project: 'reviews' },
    body: {
      prompt: 'sentiment',
      version: 1,
      model: testModel,
      note: 'good',
      author: 'Ada',
    },
  });
  const releases = [{ id: 1, prompt: 'sentiment', number: 1, labels: [] }];
  expect(await server.call('GET /api/runs/:run/dependents', about)).toMatchObject({ releases });
  expect(await server.refusal('DELETE /api/runs/:run', { ...about, body: {} })).toMatchObject({
    status: 409,
    code: 'run_is_evidence',
    details: { releases },
    message: expect.stringContaining('sentiment release 1'),
  });
  expect(await server.call('GET /api/runs/:run', about)).toMatchObject({ done: 6 });
});
