import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePrompt } from '../../server/domain/template.ts';
import { approveRelease } from '../../server/services/deploy/approve-release.ts';
import { moveLabel } from '../../server/services/deploy/move-label.ts';
import { exportCases, exportMessages } from '../exports/cases.ts';
import type { Fault } from '../fixtures/compatible-faults.ts';
import { sendRaw, serveForTest, type TestServer } from '../fixtures/http.ts';
import { releasePrompts } from '../fixtures/released-prompts.ts';
import { readMood, runToEnd, type SeededProject } from '../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let client: OpenAI;
let fault: Fault | null = null;
const production = 'reviews/classify@production';

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood, faults: { perRequest: () => fault } });
  server = await serveForTest(test.workbench);
  // Whatever key a client has: it is none of this workbench's tokens, and none is needed.
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'sk-any', maxRetries: 0 });
  seeded = await releasePrompts(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const observations = () => test.workbench.stores.observations.list(seeded.project.id, {});
const failed = () => test.workbench.stores.unobservedCalls.newestFailed(seeded.project.id, { since: '', limit: 500 });
const chat = (model: string, content: string, more: object = {}) =>
  client.chat.completions.create({ model, messages: [{ role: 'user', content }], ...more, stream: false });

it('lists the labels that point to releases as models', async () => {
  const names: string[] = [];
  for await (const { id } of client.models.list()) names.push(id);
  expect(names).toEqual([production, 'reviews/classify@staging']);
});

it('answers with the released model what a client asks of it, and records it', async () => {
  const answer = await chat(production, 'A good dinner', { temperature: 2 });
  expect(answer).toMatchObject({
    object: 'chat.completion',
    model: production,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'positive' } }],
  });
  expect(answer.usage?.total_tokens).toBe((answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0));
  const sent = test.server.requests.at(-1);
  // The messages and parameters are those of the release, whatever the client sends.
  expect(sent?.body).toMatchObject({ model: 'test-model', temperature: 0 });
  expect(sent?.messages).toMatchObject([{ role: 'system' }, { role: 'user', content: 'A good dinner' }]);
  const [observed] = await observations();
  expect(observed).toMatchObject({ input: { review: 'A good dinner' }, output: 'positive' });
  expect(answer.id).toBe(`chatcmpl-${observed?.id}`);
});

it('takes variables beside the model, or as JSON in the message where there are several', async () => {
  const variables = { review: 'A bad soup', house: 'Inn' };
  const beside = await client.post<{ choices: { message: { content: string } }[] }>('/chat/completions', {
    body: { model: 'reviews/classify@staging', variables },
  });
  expect(beside.choices[0]?.message.content).toBe('negative');
  expect(test.server.requests.at(-1)?.messages[0]?.content).toContain('For Inn:');
  const within = await chat('reviews/classify@staging', JSON.stringify(variables));
  expect(within.choices[0]?.message.content).toBe('negative');
  await expect(chat('reviews/classify@staging', 'A bad soup')).rejects.toMatchObject({
    status: 400,
    code: 'variables_unclear',
  });
});

it('sends the model what is rendered, byte for byte, in 50 cases', async () => {
  const { project, prompt } = seeded;
  const content = { messages: exportMessages, parameters: {}, responseFormat: { type: 'text' as const } };
  const about = { content, note: '', author: 'Ada', parent: null };
  const { number: version } = (await test.workbench.stores.prompts.addVersion(prompt.id, about)).version;
  await runToEnd(test.workbench, seeded, { version });
  const owner = { kind: 'owner' } as const;
  const candidate = { prompt: prompt.slug, version, model: testModel, text: 'fine', by: 'Grace', overrides: [] };
  const { id } = await approveRelease(test.workbench, project, owner, candidate);
  const move = { release: id, reason: 'first', by: 'Grace' };
  await moveLabel(test.workbench, project, owner, { prompt: prompt.slug, label: 'exported' }, move);
  const { render } = compilePrompt(content);
  for (const variables of exportCases) {
    await client.post('/chat/completions', { body: { model: 'reviews/classify@exported', variables } });
    expect(test.server.requests.at(-1)?.messages).toEqual(render(variables));
  }
});

it('streams', async () => {
  const stream = await client.chat.completions.create({
    model: production,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'A good ' },
          { type: 'text', text: 'wine' },
        ],
      },
    ],
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let finish: string | null = null;
  let total = 0;
  for await (const { choices, usage } of stream) {
    text += choices[0]?.delta.content ?? '';
    finish = choices[0]?.finish_reason ?? finish;
    total = usage?.total_tokens ?? total;
  }
  expect({ text, finish }).toEqual({ text: 'positive', finish: 'stop' });
  expect(total).toBeGreaterThan(0);
  expect((await observations())[0]).toMatchObject({ input: { review: 'A good wine' } });
});

it.each([
  [false, 'rateLimited', 429, 'rate_limited'],
  [false, 'serverError', 502, 'server_error'],
  [true, 'serverError', 502, 'server_error'],
  [false, 'cutOff', 502, 'connection_lost'],
] as const)(
  'says what failed as OpenAI does, so that clients retry (stream %s, %s)',
  async (stream, kind, status, code) => {
    const before = (await observations()).length;
    const failedBefore = await failed();
    fault = kind;
    const error = await client.chat.completions
      .create({ model: production, messages: [{ role: 'user', content: 'A good tea' }], stream })
      .catch((thrown: unknown) => thrown);
    fault = null;
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status, code });
    // A call without an answer is no observation of one, and is counted.
    expect(await observations()).toHaveLength(before);
    const [newest, ...earlier] = await failed();
    expect(newest).toMatchObject({ failure: code, model: testModel, releaseId: expect.any(Number) });
    expect(earlier).toEqual(failedBefore);
  },
);

it.each([
  ['gpt-5', 404, 'released_model_missing'],
  ['reviews/classify@nowhere', 404, 'label_missing'],
  ['other/classify@production', 404, 'project_missing'],
])('says of %s that it is none', async (model, status, code) => {
  await expect(chat(model, 'x')).rejects.toMatchObject({ status, code });
});

it('is closed to pages of other sites, as the rest is', async () => {
  const headers = {
    host: new URL(server.url).host,
    origin: 'https://evil.example',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ model: production, messages: [] });
  expect(await sendRaw(`${server.url}/v1/chat/completions`, { method: 'POST', headers, body })).toMatchObject({
    status: 403,
  });
  const plain = { ...headers, origin: server.url, 'content-type': 'text/plain' };
  expect((await sendRaw(`${server.url}/v1/chat/completions`, { method: 'POST', headers: plain, body })).status).toBe(
    415,
  );
});

it('is invoked by its own route too, at once or as a stream', async () => {
  const params = { project: 'reviews', prompt: 'classify', label: 'production' };
  const key = 'POST /api/prompts/:project/:prompt/:label/invoke';
  const answer = await server.call(key, { params, body: { variables: { review: 'good' } } });
  expect(answer).toMatchObject({ output: 'positive', version: 1, model: testModel, finishReason: 'stop' });
  const given = { params: { id: answer.observation }, body: { feedback: 'up' as const, feedbackNote: '' } };
  expect(await server.call('PATCH /api/observations/:id', given)).toMatchObject({ feedback: 'up' });
  const streamed = await server.send(key, { params, body: { variables: { review: 'bad' }, stream: true } });
  expect(streamed.headers.get('content-type')).toContain('text/event-stream');
  expect(await streamed.text()).toMatch(/event: text\ndata: .*\n\nevent: done\ndata: .*"output":"negative"/);
  const missing = { params, body: { variables: {} } };
  expect(await server.refusal(key, missing)).toMatchObject({ status: 400, code: 'template_error' });
  expect((await failed())[0]).toMatchObject({ failure: 'template_error', message: expect.stringContaining('review') });
  fault = 'serverError';
  expect(await server.refusal(key, { params, body: { variables: { review: 'bad' } } })).toMatchObject({
    status: 502,
    code: 'server_error',
  });
  fault = null;
});
