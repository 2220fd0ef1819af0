import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../../server/domain/ids.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { addVersion, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let run: number;
let names =
  '{"reasoning":"They deceive.","groups":[{"group":1,"name":"Taken in by a trick"},{"group":2,"name":"taken in by a trick"},{"group":9,"name":"none"}]}';
/** A "tricky" review deceives it. */
const mood = (review: string) => (/good|tricky/.test(review) ? 'positive' : 'negative');
const params = { project: 'reviews' };

beforeAll(async () => {
  test = await openTestWorkbench({
    answer: (call) => (call.content.includes('<groups-') ? names : mood(call.content)),
  });
  server = await serveForTest(test.workbench);
  seeded = await seedProject(test.workbench, { size: 40, tricky: 10 });
  run = (await runToEnd(test.workbench, seeded, { split: 'dev' })).id;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const failures = async (query: { category?: string } = {}) =>
  (await server.call('GET /api/runs/:run/results', { params: { run }, query: { ...query, outcome: 'failed' } }))
    .results;
const group = (model: string | null = null) =>
  server.call('POST /api/runs/:run/failure-groups', { params: { run }, body: { model } });
const review = (id: number, category: string, note = '') =>
  server.call('PUT /api/results/:id/review', { params: { id }, body: { category, note, author: 'Ada' } });
const countsOf = async () =>
  (await server.call('GET /api/runs/:run/categories', { params: { run } })).categories.map(({ category, cases }) => [
    category,
    cases,
  ]);
const changes = async () => (await server.call('GET /api/projects/:project/category-changes', { params })).changes;

describe('failures', () => {
  it('are grouped by their notes and answers, and nothing is written', async () => {
    const [first, second] = await failures();
    await review(first?.id ?? 0, '', 'the trick deceived it');
    await review(second?.id ?? 0, '', 'deceived by a trick');
    const suggestion = await group();
    expect(suggestion).toMatchObject({ alone: 0, compared: 10, unsorted: 10, costUsd: 0 });
    expect(
      suggestion.groups.map(({ reason, cases, category, name }) => [reason, cases.length, category, name]),
    ).toEqual([
      [{ type: 'confusion', expected: 'negative', answer: 'positive' }, 8, null, null],
      [{ type: 'words', words: 'deceived · trick' }, 2, null, null],
    ]);
    expect(suggestion.groups[1]?.cases[0]).toMatchObject({
      result: first?.id,
      expected: 'negative',
      output: 'positive',
      note: 'the trick deceived it',
    });
    expect(await countsOf()).toEqual([]);
    expect(await changes()).toEqual([]);
  });

  it('are named by a model, once: equal names are one group, and the same question costs nothing', async () => {
    const suggestion = await group(testModel);
    expect(suggestion.groups.map(({ name, cases }) => [name, cases.length])).toEqual([['Taken in by a trick', 10]]);
    const asked = test.server.requests.at(-1);
    expect(asked?.content).toContain('deceived by a trick');
    const usual = await group();
    // The estimate counts a token as ¾ of a word; the question has 8 cases of a line or two.
    expect(usual.namingTokens.input).toBeGreaterThan(300);
    expect(usual.namingTokens.input).toBeLessThan(1_500);
    expect(usual.namingTokens.output).toBe(100);
    const calls = test.server.requests.length;
    expect(await group(testModel)).toEqual({ ...suggestion, costUsd: 0 });
    expect(test.server.requests.length).toBe(calls);
  });

  it('are not named where the model says nothing that can be read', async () => {
    names = 'no idea';
    await review((await failures())[2]?.id ?? 0, '', 'deceived by yet another trick');
    expect(
      await server.refusal('POST /api/runs/:run/failure-groups', { params: { run }, body: { model: testModel } }),
    ).toMatchObject({ status: 503, code: 'failure_names_missing' });
  });

  it('are sorted as a person accepts, and that is undone', async () => {
    const { groups } = await group();
    const accepted = groups.map(({ cases }, index) => ({
      category: index === 0 ? 'irony' : 'tricks',
      results: cases.map(({ result }) => result),
    }));
    const body = { groups: accepted, author: 'Grace' };
    const change = await server.call('POST /api/runs/:run/sorted-failures', { params: { run }, body });
    expect(change).toMatchObject({ author: 'Grace', standing: 10, undone: null, content: { type: 'sorted' } });
    expect(await countsOf()).toEqual([
      ['irony', 7],
      ['tricks', 3],
    ]);
    expect((await failures({ category: 'tricks' })).map(({ review }) => [review?.author, review?.note])).toEqual([
      ['Grace', 'the trick deceived it'],
      ['Grace', 'deceived by a trick'],
      ['Grace', 'deceived by yet another trick'],
    ]);
    expect(await server.refusal('POST /api/runs/:run/sorted-failures', { params: { run }, body })).toMatchObject({
      status: 409,
      code: 'category_change_empty',
    });
    const twice = { groups: [...accepted, ...accepted], author: '' };
    expect(await server.refusal('POST /api/runs/:run/sorted-failures', { params: { run }, body: twice })).toMatchObject(
      {
        status: 400,
        code: 'category_given_twice',
      },
    );
  });

  it('keep their history when categories are merged, and have them back', async () => {
    const body = { from: ['irony', 'tricks'], to: 'deceived', author: 'Ada' };
    const { id } = await server.call('POST /api/projects/:project/category-changes', { params, body });
    expect(await countsOf()).toEqual([['deceived', 10]]);
    const undo = { params: { ...params, id }, body: { author: 'Ada' } };
    expect(await server.call('POST /api/projects/:project/category-changes/:id/undo', undo)).toEqual({ results: 10 });
    expect(await countsOf()).toEqual([
      ['irony', 7],
      ['tricks', 3],
    ]);
    expect(await server.refusal('POST /api/projects/:project/category-changes/:id/undo', undo)).toMatchObject({
      status: 409,
      code: 'category_change_undone',
    });
    expect((await changes()).map(({ standing, undone }) => [standing, undone?.author])).toEqual([
      [0, 'Ada'],
      [10, undefined],
    ]);
  });

  it('say what to try next, with what speaks for it and against it', async () => {
    const { improvement } = await server.call('GET /api/runs/:run/next-improvement', { params: { run } });
    expect(improvement).toMatchObject({
      category: 'irony',
      cases: 7,
      n: 30,
      steps: [{ code: 'confusion_examples', values: { expected: 'negative', answer: 'positive', count: 7, of: 7 } }],
      doubts: [{ code: 'may_not_be_largest', values: { first: 7, second: 3, other: 'tricks' } }],
    });
  });

  it('are counted over the iterations that are like a run', async () => {
    const version = await addVersion(test.workbench, seeded, 'Beware of tricks.');
    const second = (await runToEnd(test.workbench, seeded, { version, split: 'dev' })).id;
    await runToEnd(test.workbench, seeded, { split: 'holdout' });
    const other = [{ name: 'contains', args: '', negate: false, weight: 1 }];
    await runToEnd(test.workbench, seeded, { split: 'dev', scorers: other });
    const trend = await server.call('GET /api/runs/:run/category-trend', { params: { run: second } });
    expect(trend).toMatchObject({ prompt: 'classify', set: 'labelled', model: testModel, split: 'dev' });
    expect(trend.iterations.map(({ run: of, n, failed, unsorted }) => [of, n, failed, unsorted])).toEqual([
      [run, 30, 10, 0],
      [second, 30, 10, 10],
    ]);
    expect(trend.iterations[0]?.categories[1]?.interval[0]).toBeCloseTo(0.034597, 5);
    expect(trend.since).toEqual({ run, version: 1, unsorted: 10, n: 0, shifts: [] });
    const open = await test.workbench.stores.categories.unsorted(second as RunId);
    const body = { groups: [{ category: 'tricks', results: open }], author: 'Ada' };
    await server.call('POST /api/runs/:run/sorted-failures', { params: { run: second }, body });
    const { since } = await server.call('GET /api/runs/:run/category-trend', { params: { run: second } });
    // Of the cases that were "irony" seven are "tricks" now.
    expect(since).toMatchObject({
      run,
      unsorted: 0,
      n: 30,
      shifts: [
        {
          category: 'tricks',
          before: 3,
          after: 10,
          gone: 0,
          arisen: 7,
          verdict: 'more',
          pValue: expect.closeTo(0.03125, 9),
        },
        {
          category: 'irony',
          before: 7,
          after: 0,
          gone: 7,
          arisen: 0,
          verdict: 'fewer',
          pValue: expect.closeTo(0.03125, 9),
        },
      ],
    });
    const first = await server.call('GET /api/runs/:run/category-trend', { params: { run } });
    expect(first.since).toBeNull();
    expect(await server.refusal('GET /api/runs/:run/category-trend', { params: { run: 999 } })).toMatchObject({
      status: 404,
      code: 'run_missing',
    });
  });

  it('have nothing to say where nothing failed', async () => {
    const fine = await seedProject(test.workbench, { name: 'Fine', size: 8 });
    const { id } = await runToEnd(test.workbench, fine);
    const of = { params: { run: id } };
    expect(await server.call('GET /api/runs/:run/next-improvement', of)).toEqual({ improvement: null });
    expect(await server.call('POST /api/runs/:run/failure-groups', { ...of, body: {} })).toEqual({
      groups: [],
      alone: 0,
      compared: 0,
      unsorted: 0,
      costUsd: 0,
      namingTokens: { input: 0, output: 0 },
    });
  });
});
