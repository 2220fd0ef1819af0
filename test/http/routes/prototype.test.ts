import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TryEvent } from '../../../server/http/contract/prompts.ts';
import { readEvents } from '../../fixtures/event-stream.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { classifyContent, scopeAsking } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
const ofPrompt = { params: { ...params, prompt: 'classify' } };
const bare = classifyContent('Say whether the review is positive or negative.');

beforeAll(async () => {
  test = await openTestWorkbench({ answer: () => '<b>positive</b>, said the model', chunkDelayMs: 20 });
  server = await serveForTest(test.workbench);
  await server.call('POST /api/projects', { body: { name: 'Reviews' } });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

describe('prompts', () => {
  it('are made without a version', async () => {
    const made = await server.call('POST /api/projects/:project/prompts', { params, body: { name: 'Classify' } });
    expect(made).toMatchObject({ slug: 'classify', name: 'Classify', versionCount: 0 });
    expect((await server.call('GET /api/projects/:project/prompts', { params })).prompts).toEqual([made]);
    expect(
      await server.refusal('POST /api/projects/:project/prompts', { params, body: { name: 'classify' } }),
    ).toMatchObject({ status: 409, code: 'prompt_exists' });
  });

  it('get numbered versions; equal content makes no new one', async () => {
    const save = (content: typeof bare, parent: number | null = null) =>
      server.call('POST /api/projects/:project/prompts/:prompt/versions', {
        ...ofPrompt,
        body: { content: JSON.parse(JSON.stringify(content)), note: 'a note', author: 'Ada', parent },
      });
    const first = await save(bare);
    expect(first).toMatchObject({ created: true, version: { number: 1, variables: ['review'], latestRun: null } });
    expect(await save(bare)).toEqual({ ...first, created: false });
    expect(await save(classifyContent('Answer with one word.'), 1)).toMatchObject({
      created: true,
      version: { number: 2, parent: 1, content: { messages: [{ content: 'Answer with one word.' }, {}] } },
    });
    const shown = await server.call('GET /api/projects/:project/prompts/:prompt', ofPrompt);
    expect(shown.versions.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('are refused where a template can not be read', async () => {
    const refusal = await server.refusal('POST /api/projects/:project/prompts/:prompt/versions', {
      ...ofPrompt,
      body: { content: { ...JSON.parse(JSON.stringify(bare)), messages: [{ role: 'user', content: '{{#if x}' }] } },
    });
    expect(refusal).toMatchObject({ status: 400, code: 'prompt_invalid' });
    const none = { params: { ...params, prompt: 'none' } };
    expect(await server.refusal('GET /api/projects/:project/prompts/:prompt', none)).toMatchObject({
      status: 404,
      code: 'prompt_missing',
    });
  });

  it.each(['prompt.yml', 'prompty', 'openai', 'promptfoo', 'typescript', 'markdown'])(
    'are exported as %s, a file of plain text',
    async (format) => {
      const sent = { ...ofPrompt, query: { format, version: 2 } };
      const response = await server.send('GET /api/projects/:project/prompts/:prompt/export', sent);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=classify-v2/);
      expect(await response.text()).toContain('Answer with one word.');
    },
  );

  it('are written into the folder that the server looks at, and nowhere else', async () => {
    const key = 'POST /api/projects/:project/prompts/:prompt/export';
    const sent = { ...ofPrompt, body: { format: 'typescript' as const, version: 2 } };
    expect(await server.refusal(key, sent)).toMatchObject({ status: 409, code: 'folder_not_watched' });
    const named: object = { ...sent.body, path: '/etc/passwd' };
    const elsewhere = await fetch(`${server.url}/api/projects/reviews/prompts/classify/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(named),
    });
    expect(elsewhere.status).toBe(400);
  });

  it('are not exported in a format that there is not, or by a label that points nowhere', async () => {
    const key = 'GET /api/projects/:project/prompts/:prompt/export';
    expect(await server.refusal(key, { ...ofPrompt, query: { format: 'docx' } })).toMatchObject({ status: 400 });
    const labelled = { ...ofPrompt, query: { format: 'markdown', label: 'production' } };
    expect(await server.refusal(key, labelled)).toMatchObject({ status: 404, code: 'label_missing' });
  });
});

describe('a draft', () => {
  const draft = JSON.parse(JSON.stringify({ content: bare, variables: { review: 'A good soup' } }));

  it('is rendered with what a call would cost', async () => {
    const preview = await server.call('POST /api/projects/:project/preview', {
      params,
      body: { ...draft, model: testModel },
    });
    expect(preview).toMatchObject({ variables: ['review'], problems: [], costUsdPer1000Calls: 0 });
    expect(preview.messages?.[1]).toEqual({ role: 'user', content: 'A good soup' });
  });

  it('has problems that are data', async () => {
    const preview = await server.call('POST /api/projects/:project/preview', {
      params,
      body: { ...draft, variables: {} },
    });
    expect(preview.messages).toBeNull();
    expect(preview.problems[0]).toMatchObject({ message: 1, text: expect.stringContaining('"review" is missing') });
  });

  it('is tried once, and the answer comes in pieces', async () => {
    const sent = { params, body: { ...draft, model: testModel } };
    const response = await server.send('POST /api/projects/:project/try', sent);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = (await readEvents<TryEvent>(response)).map(({ data }) => data);
    const texts = events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).toBe('<b>positive</b>, said the model');
    expect(events.at(-1)).toMatchObject({ type: 'done', output: '<b>positive</b>, said the model', costUsd: 0 });
    expect((await server.call('GET /api/projects/:project/runs', { params })).runs).toEqual([]);
  });

  it('is no longer asked for when nobody waits', async () => {
    const response = await server.send('POST /api/projects/:project/try', {
      params,
      body: { ...draft, model: testModel },
    });
    await readEvents(response, (events) => events.length > 0);
    await vi.waitFor(() => expect(test.server.inFlight).toBe(0), 2000);
    expect(server.log).toEqual([]);
  });

  it('is refused before anything is asked where it can not be', async () => {
    const attempt = (about: object) =>
      server.refusal('POST /api/projects/:project/try', { params, body: { ...draft, model: testModel, ...about } });
    const before = test.server.count;
    expect(await attempt({ variables: {} })).toMatchObject({ status: 400, code: 'template_error' });
    expect(await attempt({ model: 'none/none' })).toMatchObject({ status: 404, code: 'connection_missing' });
    const { stores } = test.workbench;
    await stores.connections.add({ slug: 'far', name: 'far', baseUrl: 'https://far.example/v1', keyVariable: null });
    const project = await stores.projects.find('reviews');
    if (project !== null) await stores.projects.saveScope(project.id, scopeAsking({ dataMayLeave: false }), '');
    expect(await attempt({ model: 'far/model' })).toMatchObject({ status: 403, code: 'data_may_not_leave' });
    expect(test.server.count).toBe(before);
  });
});
