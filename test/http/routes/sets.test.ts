import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
const ofSet = { params: { ...params, set: 'labelled' } };
const csv = ['id,review,mood', 'a,Lovely,positive', 'b,"Cold, late",negative', 'c,<b>Bold</b>,positive'].join('\n');

beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
  await server.call('POST /api/projects', { body: { name: 'Reviews' } });
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const bring = (text: string, about: { fileName?: string; expected?: string } = {}) => ({
  params,
  body: { set: 'Labelled', fileName: 'reviews.csv', expected: 'mood', holdout: 0, text, ...about },
});

describe('evaluation sets', () => {
  it('are imported from a file', async () => {
    const imported = await server.call('POST /api/projects/:project/sets/import', bring(csv));
    expect(imported).toMatchObject({ added: 3, unchanged: 0, replaced: 0, repeated: 0, dev: 3, holdout: 0 });
    expect(imported.set).toMatchObject({ slug: 'labelled', name: 'Labelled', version: 1, caseCount: 3 });
    expect((await server.call('GET /api/projects/:project/sets', { params })).sets).toEqual([imported.set]);
  });

  it('take in a file of several megabytes', async () => {
    const rows = Array.from({ length: 4000 }, (_, index) =>
      JSON.stringify({ text: `${index} ${String(index * 7919).repeat(200)}`, answer: 'x' }),
    );
    const text = rows.join('\n');
    expect(text.length).toBeGreaterThan(3 * 1024 ** 2);
    const body = { set: 'Large', fileName: 'large.jsonl', expected: 'answer', text };
    const imported = await server.call('POST /api/projects/:project/sets/import', { params, body });
    expect(imported.added).toBe(4000);
  });

  it('are imported whole or not at all', async () => {
    const refusal = await server.refusal('POST /api/projects/:project/sets/import', bring(`${csv}\nd,"no end`));
    expect(refusal).toMatchObject({ status: 400, code: 'import_failed' });
    expect(refusal.message).toContain('5');
    expect((await server.call('GET /api/projects/:project/sets/:set', ofSet)).version).toBe(1);
  });

  it('are shown with what a version holds', async () => {
    expect(await server.call('GET /api/projects/:project/sets/:set', ofSet)).toMatchObject({
      shown: 1,
      variables: ['review'],
      labels: [
        { label: 'negative', split: 'dev', count: 1 },
        { label: 'positive', split: 'dev', count: 2 },
      ],
      versions: [{ number: 1, caseCount: 3 }],
    });
    const version = { ...ofSet, query: { version: 9 } };
    expect(await server.refusal('GET /api/projects/:project/sets/:set', version)).toMatchObject({ status: 404 });
  });

  it('are searched and read in pages', async () => {
    const cases = (query: Record<string, string | number>) =>
      server.call('GET /api/projects/:project/sets/:set/cases', { ...ofSet, query });
    expect((await cases({ search: 'cold' })).cases).toMatchObject([{ key: 'b', variables: { review: 'Cold, late' } }]);
    expect((await cases({ label: 'positive' })).count).toBe(2);
    const first = await cases({ limit: 2 });
    expect(first.cases).toHaveLength(2);
    expect((await cases({ limit: 2, after: first.after ?? 0 })).cases).toMatchObject([{ key: 'c' }]);
  });

  it('are changed into their next version, on the version that the change was made on', async () => {
    const content = { variables: { review: 'Warm' }, expected: 'positive' };
    const change = (base: number) => ({
      ...ofSet,
      body: {
        base,
        changes: [
          { type: 'add' as const, key: 'd', case: { ...content, split: 'holdout' as const } },
          { type: 'replace' as const, key: 'a', case: { ...content, tags: ['short'] } },
          { type: 'remove' as const, key: 'b' },
        ],
        note: 'mended',
      },
    });
    expect(await server.call('POST /api/projects/:project/sets/:set/changes', change(1))).toMatchObject({
      number: 2,
      caseCount: 3,
      note: 'mended',
    });
    expect(await server.refusal('POST /api/projects/:project/sets/:set/changes', change(1))).toMatchObject({
      status: expect.any(Number),
      code: expect.stringMatching(/set_changed_meanwhile|case_missing/),
    });
    const { tags, versions } = await server.call('GET /api/projects/:project/sets/:set', ofSet);
    expect(tags).toEqual([{ tag: 'short', count: 1, holdout: expect.any(Number) }]);
    expect(versions).toHaveLength(2);
    const old = await server.call('GET /api/projects/:project/sets/:set/cases', { ...ofSet, query: { version: 1 } });
    expect(old.cases.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });
});
