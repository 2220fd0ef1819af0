import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentBody } from '../../../server/http/contract/index.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { readMood, runToEnd, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let run: number;
const params = { project: 'reviews', set: 'labelled' };

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
  const seeded = await seedProject(test.workbench, { size: 8, tricky: 1 });
  run = (await runToEnd(test.workbench, seeded)).id;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

type Changes = SentBody<'POST /api/projects/:project/sets/:set/changes'>['changes'];
const change = (base: number, changes: Changes) =>
  server.call('POST /api/projects/:project/sets/:set/changes', {
    params,
    body: { base, changes, note: '', author: '' },
  });
const compare = (a: number, b: number) =>
  server.call('GET /api/projects/:project/sets/:set/compare', { params, query: { a, b } });
const restore = (version: number, base: number) =>
  ({ params, body: { version, base, note: 'Back', author: 'Ada' } }) as const;
const keys = async (query: Record<string, string | number>) =>
  (await server.call('GET /api/projects/:project/sets/:set/cases', { params, query })).cases.map(({ key }) => key);

describe('cases', () => {
  it('are filtered by the run that they failed in, also after they were changed', async () => {
    const failed = await keys({ failedIn: run });
    expect(failed).toEqual(['case-2', 'case-8']);
    expect(await keys({ failedIn: run, split: 'dev' })).toEqual(['case-8']);
    expect(await keys({ failedIn: run + 1 })).toEqual([]);
  });

  it('are filtered by their source, and a set says which there are', async () => {
    expect(await keys({ source: 'import' })).toHaveLength(8);
    expect(await keys({ source: 'observation' })).toEqual([]);
    const set = await server.call('GET /api/projects/:project/sets/:set', { params });
    expect(set.sources).toEqual([{ source: 'import', count: 8 }]);
  });
});

describe('versions of a set', () => {
  it('are compared: added, removed, relabelled, retagged, rewritten', async () => {
    await change(1, [
      { type: 'remove', key: 'case-1' },
      {
        type: 'replace',
        key: 'case-3',
        case: { variables: { review: 'A good dinner, number 3' }, expected: 'negative' },
      },
      {
        type: 'replace',
        key: 'case-4',
        case: { variables: { review: 'Rewritten' }, expected: 'negative', tags: ['new'] },
      },
      { type: 'add', key: 'case-9', case: { variables: { review: 'Added' }, expected: 'positive' } },
    ]);
    const comparison = await compare(1, 2);
    expect(comparison).toMatchObject({ added: 1, removed: 1, relabelled: 1, retagged: 1, rewritten: 1 });
    expect(comparison.differences).toMatchObject([
      { type: 'removed', key: 'case-1' },
      { type: 'changed', key: 'case-3', aspects: ['label'], before: { expected: 'positive' } },
      { type: 'changed', key: 'case-4', aspects: ['variables', 'tags'], after: { tags: ['new'] } },
      { type: 'added', key: 'case-9' },
    ]);
    expect(await compare(2, 1)).toMatchObject({ added: 1, removed: 1, relabelled: 1, retagged: 1, rewritten: 1 });
    expect(await compare(2, 2)).toMatchObject({ added: 0, removed: 0, differences: [] });
  });

  it('are restored as a new version, and runs stay tied to theirs', async () => {
    const { cases } = await server.call('GET /api/projects/:project/sets/:set/cases', {
      params,
      query: { version: 1 },
    });
    const restored = await server.call('POST /api/projects/:project/sets/:set/restore', restore(1, 2));
    expect(restored).toMatchObject({ number: 3, caseCount: 8, note: 'Back', author: 'Ada' });
    expect(await compare(1, 3)).toMatchObject({ added: 0, removed: 0, relabelled: 0, retagged: 0, rewritten: 0 });
    const after = await server.call('GET /api/projects/:project/sets/:set/cases', { params });
    const content = (all: typeof cases) =>
      all.map(({ key, variables, expected, split }) => JSON.stringify({ key, variables, expected, split })).sort();
    expect(content(after.cases)).toEqual(content(cases));
    expect(await server.call('GET /api/runs/:run', { params: { run } })).toMatchObject({ setVersion: 1 });
  });

  it('are not made where nothing differs, nor over what someone else saved', async () => {
    expect(await server.call('POST /api/projects/:project/sets/:set/restore', restore(1, 3))).toMatchObject({
      number: 3,
    });
    expect(await server.refusal('POST /api/projects/:project/sets/:set/restore', restore(1, 2))).toMatchObject({
      code: 'set_changed_meanwhile',
    });
    expect(await server.refusal('POST /api/projects/:project/sets/:set/restore', restore(9, 3))).toMatchObject({
      code: 'eval_set_version_missing',
    });
  });
});
