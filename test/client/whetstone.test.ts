import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type ReleasedPrompt, WhetstoneClient, WhetstoneRefusal } from '../../client/whetstone.ts';
import { moveLabel } from '../../server/services/deploy/move-label.ts';
import { serveForTest, type TestServer } from '../fixtures/http.ts';
import { releasePrompts } from '../fixtures/released-prompts.ts';
import { readMood, type SeededProject } from '../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let down = false;
beforeEach(async () => {
  down = false;
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  seeded = await releasePrompts(test.workbench);
});
afterEach(async () => {
  if (!down) await server.close();
  await test.close();
});

const open = (options: Partial<ConstructorParameters<typeof WhetstoneClient>[0]> = {}) =>
  new WhetstoneClient({ project: 'reviews', baseUrl: server.url, freshMs: 0, ...options });
const endServer = async () => {
  down = true;
  await server.close();
};

it('fetches a prompt, keeps it, and asks only whether it is still the one', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const client = open();
  const first = await client.prompt('classify');
  expect(first).toMatchObject({ source: 'server', prompt: { version: 1, variables: ['review'] } });
  const second = await client.prompt('classify');
  expect(second.prompt).toBe(first.prompt);
  expect(await fetched.mock.results[1]?.value).toMatchObject({ status: 304 });
  const move = { release: 2, reason: 'better', by: 'Grace' };
  await moveLabel(test.workbench, seeded.project, { kind: 'owner' }, { prompt: 'classify', label: 'production' }, move);
  expect((await client.prompt('classify')).prompt.version).toBe(2);
  fetched.mockRestore();
});

it('does not ask while what it has is fresh, and asks once for all who ask at once', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const client = open({ freshMs: 60_000 });
  const all = await Promise.all([1, 2, 3].map(() => client.prompt('classify')));
  expect(all.map(({ prompt }) => prompt.version)).toEqual([1, 1, 1]);
  expect(await client.prompt('classify')).toMatchObject({ source: 'kept' });
  expect(fetched).toHaveBeenCalledTimes(1);
  fetched.mockRestore();
});

it("survives the workbench's death with what it kept", async () => {
  const fallbacks: string[] = [];
  const client = open({ onFallback: ({ prompt, source }) => fallbacks.push(`${prompt} ${source}`) });
  const { prompt } = await client.prompt('classify');
  await endServer();
  expect(await client.prompt('classify')).toEqual({ source: 'stale', prompt });
  expect(fallbacks).toEqual(['classify stale']);
  await expect(client.invoke('classify', { review: 'x' })).rejects.toThrow();
});

it('begins with what is pinned where the workbench was never there, and fails where nothing is', async () => {
  const pinned: ReleasedPrompt = (await open().prompt('classify')).prompt;
  await endServer();
  const client = open({ pinned: { 'classify@production': pinned } });
  expect(await client.prompt('classify')).toEqual({ source: 'pinned', prompt: pinned });
  await expect(client.prompt('classify', 'staging')).rejects.toThrow();
});

it('does not take a refusal for an outage', async () => {
  const client = open({ pinned: { 'classify@beta': (await open().prompt('classify')).prompt } });
  const refusal = await client.prompt('classify', 'beta').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(WhetstoneRefusal);
  expect(refusal).toMatchObject({ status: 404, code: 'label_missing' });
});

it('invokes, observes and gives feedback', async () => {
  const client = open();
  const answer = await client.invoke('classify', { review: 'A good dinner' });
  expect(answer).toMatchObject({ output: 'positive', version: 1 });
  await client.feedback(answer.observation, 'down', 'too short');
  const own = await client.observe({ input: { review: 'x' }, output: 'negative', release: answer.release });
  const [last, first] = await test.workbench.stores.observations.list(seeded.project.id, {});
  expect([last?.id, first?.feedback, first?.feedbackNote]).toEqual([own, 'down', 'too short']);
});
