import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { addVersion, readMood, runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
const production = { params: { ...params, prompt: 'classify', label: 'production' } };
const candidate = { prompt: 'classify', version: 1, model: testModel };
const because = { reason: 'it passed', author: 'Grace' };

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  const seeded = await seedProject(test.workbench, { size: 40 });
  await addVersion(test.workbench, seeded, '{{#if house}}For {{house}}: {{/if}}positive or negative?');
  await test.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.9 }), '');
  await runToEnd(test.workbench, seeded, { version: 1 });
  await runToEnd(test.workbench, seeded, { version: 2 });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const approve = (version: number) =>
  server.call('POST /api/projects/:project/releases', {
    params,
    body: {
      ...candidate,
      version,
      note: 'good',
      author: 'Grace',
      overrides: [{ name: 'pass_rate', reason: 'ten cases can show no more' }],
    },
  });
const point = (release: number) =>
  server.call('PUT /api/projects/:project/prompts/:prompt/labels/:label', {
    ...production,
    body: { release, ...because },
  });

describe('a release', () => {
  it('is weighed before it is approved', async () => {
    const evidence = await server.call('POST /api/projects/:project/releases/evidence', { params, body: candidate });
    expect(evidence.runs.map(({ split, rates }) => [split, rates.passed])).toEqual([
      ['dev', 30],
      ['holdout', 10],
    ]);
    // Ten of ten can't show 90 %: the interval begins at 72.2 %.
    expect(evidence.criteria[0]).toMatchObject({ name: 'pass_rate', state: 'not_provable', observed: 1 });
  });

  it('is refused with what it lacks', async () => {
    const attempt = (about: object) =>
      server.refusal('POST /api/projects/:project/releases', {
        params,
        body: { ...candidate, note: 'good', author: 'Grace', ...about },
      });
    expect(await attempt({})).toMatchObject({
      status: 403,
      code: 'release_criteria_unmet',
      details: { criteria: [{ name: 'pass_rate', state: 'not_provable' }] },
    });
    expect(await attempt({ model: 'openai/other' })).toMatchObject({ status: 403, code: 'release_needs_evidence' });
    expect(await attempt({ note: ' ' })).toMatchObject({ status: 400, code: 'request_invalid' });
    expect(await attempt({ version: 9 })).toMatchObject({ status: 404, code: 'prompt_version_missing' });
  });

  it('is approved, labelled, moved on and rolled back, and all of it is kept', async () => {
    const first = await approve(1);
    expect(first).toMatchObject({ number: 1, ...candidate, labels: [], approvedBy: 'Grace' });
    const second = await approve(2);
    expect(await point(first.id)).toMatchObject({ kind: 'move', release: first.id, version: 1, ...because });
    await point(second.id);
    const pointed = await server.call('GET /api/projects/:project/releases', { params });
    expect(pointed.labels).toMatchObject([
      { label: 'production', release: second.id, version: 2, previous: { release: first.id, version: 1 } },
    ]);
    const back = await server.call('POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back', {
      ...production,
      body: because,
    });
    expect(back).toMatchObject({ kind: 'roll_back', release: first.id, version: 1 });
    const { releases, moves, labels } = await server.call('GET /api/projects/:project/releases', { params });
    expect(labels).toMatchObject([{ label: 'production', release: first.id, version: 1, ...because, previous: null }]);
    expect(releases.map(({ number, labels }) => [number, labels])).toEqual([
      [2, []],
      [1, ['production']],
    ]);
    expect(moves.map(({ kind, release }) => [kind, release])).toEqual([
      ['roll_back', first.id],
      ['move', second.id],
      ['move', first.id],
    ]);
    const again = { ...production, body: because };
    expect(
      await server.refusal('POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back', again),
    ).toMatchObject({ status: 409, code: 'label_without_history' });
  });

  it('is not labelled with what is no label', async () => {
    const labelled = { params: { ...production.params, label: '-x' }, body: { release: 1, ...because } };
    expect(await server.refusal('PUT /api/projects/:project/prompts/:prompt/labels/:label', labelled)).toMatchObject({
      status: 400,
      code: 'request_invalid',
    });
  });
});

describe('GET /api/prompts/…', () => {
  const fetchPrompt = (headers: Record<string, string> = {}) =>
    server.send('GET /api/prompts/:project/:prompt/:label', production, headers);

  it('serves what a program needs', async () => {
    const served = await server.call('GET /api/prompts/:project/:prompt/:label', production);
    const { releases } = await server.call('GET /api/projects/:project/releases', { params });
    expect(served).toMatchObject({
      project: 'reviews',
      prompt: 'classify',
      label: 'production',
      version: 1,
      model: testModel,
      release: releases[1]?.id,
      evidenceDigest: releases[1]?.evidenceDigest,
      parameters: { temperature: 0 },
      variables: ['review'],
      responseFormat: { type: 'labels', labels: ['positive', 'negative'] },
    });
    expect(served.messages.at(-1)).toEqual({ role: 'user', content: '{{review}}' });
  });

  it('answers 304 while it is the same', async () => {
    const first = await fetchPrompt();
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
    expect(first.headers.get('cache-control')).toBe('no-cache, stale-if-error=86400');
    for (const known of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
      const second = await fetchPrompt({ 'if-none-match': known });
      expect(second.status).toBe(304);
      expect(second.headers.get('etag')).toBe(tag);
      expect(await second.text()).toBe('');
    }
    expect((await fetchPrompt({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers anew after a move', async () => {
    const tag = (await fetchPrompt()).headers.get('etag') ?? '';
    const { releases } = await server.call('GET /api/projects/:project/releases', { params });
    await point(releases[0]?.id ?? 0);
    const moved = await fetchPrompt({ 'if-none-match': tag });
    expect(moved.status).toBe(200);
    expect(await moved.json()).toMatchObject({ version: 2, variables: ['house', 'review'] });
  });

  it('says what is missing', async () => {
    const attempt = (about: Partial<typeof production.params>) =>
      server.refusal('GET /api/prompts/:project/:prompt/:label', { params: { ...production.params, ...about } });
    expect(await attempt({ label: 'staging' })).toMatchObject({ status: 404, code: 'label_missing' });
    expect(await attempt({ prompt: 'none' })).toMatchObject({ status: 404, code: 'prompt_missing' });
    expect(await attempt({ project: 'none' })).toMatchObject({ status: 404, code: 'project_missing' });
  });
});
