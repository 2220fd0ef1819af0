import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCase } from '../../contracts/store-seed.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { addVersion, readMood, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
const params = { project: 'reviews' };
const report = (query: Record<string, string> = {}) =>
  server.call('GET /api/projects/:project/baseline', { params, query });

beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
  server = await serveForTest(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const nouns = [
  'soup',
  'bread',
  'fish',
  'wine',
  'table',
  'waiter',
  'bill',
  'terrace',
  'music',
  'coffee',
  'salad',
  'queue',
];
/** Twelve different dinners of each mood, and as many again as holdout. */
const dinners = (['dev', 'holdout'] as const).flatMap((split) =>
  nouns.flatMap((noun, index) =>
    (['positive', 'negative'] as const).map((mood) => {
      const others = `${nouns[(index + 5) % nouns.length]} and ${nouns[(index + 7) % nouns.length]}`;
      const verdict = mood === 'positive' ? 'good, really lovely' : 'bad, simply awful';
      const review = `${split === 'dev' ? 'That' : 'Their famous'} ${noun}, ${others}: ${verdict}`;
      return newCase(`${split} ${mood} ${noun}`, { variables: { review }, expected: mood, split });
    }),
  ),
);
const noodles = newCase('noodles', { variables: { review: 'Nothing but good, lovely noodles' } });
const about = { note: '', author: '' };
const newSet = (name: string) => ({ name, notes: '', holdoutShare: 0.5 });

describe('the trained classifier', () => {
  let seeded: SeededProject;

  it('is not there without cases, and the reason is said', async () => {
    seeded = await seedProject(test.workbench, { size: 12 });
    await test.workbench.stores.projects.create('Empty');
    const query = { params: { project: 'empty' } };
    expect(await server.call('GET /api/projects/:project/baseline', query)).toMatchObject({
      set: null,
      baseline: null,
      reason: { code: 'baseline_without_cases' },
    });
  });

  it('is not trained where a label has too few different cases', async () => {
    expect(await report()).toMatchObject({
      set: 'labelled',
      baseline: null,
      reason: { code: 'baseline_label_too_rare', details: { needed: 10 } },
    });
    expect(await server.refusal('POST /api/projects/:project/baseline', { params, body: {} })).toMatchObject({
      status: 400,
      code: 'baseline_label_too_rare',
    });
  });

  it('is not trained where what is expected is no label', async () => {
    const texts = nouns.map((noun) => newCase(noun, { expected: `A long answer about ${noun}` }));
    await test.workbench.stores.evalSets.createWithCases(seeded.project.id, newSet('Texts'), texts, about);
    expect((await report({ set: 'texts' })).reason?.code).toBe('baseline_without_labels');
    expect(
      await server.refusal('GET /api/projects/:project/baseline', { params, query: { set: 'none' } }),
    ).toMatchObject({
      status: 404,
      code: 'eval_set_missing',
    });
  });

  it('is trained once a version of a small set, when it is asked for', async () => {
    const { evalSets } = test.workbench.stores;
    const { set } = await evalSets.createWithCases(seeded.project.id, newSet('Moods'), dinners, about);
    // Two pages that ask at once train twice, and show what was kept.
    const [first, meanwhile] = await Promise.all([report({ set: 'moods' }), report({ set: 'moods' })]);
    expect(meanwhile).toEqual(first);
    expect(first).toMatchObject({ set: 'moods', setVersion: 1, reason: null, prompt: null, comparison: null });
    expect(first.baseline).toMatchObject({
      labelsUsed: 24,
      folds: 10,
      dev: { n: 24, passRate: 1 },
      holdout: { n: 24 },
    });
    expect(await report({ set: 'moods' })).toEqual(first);
    expect(await server.call('POST /api/projects/:project/baseline', { params, body: { set: 'moods' } })).toEqual(
      first,
    );
    await evalSets.change(set.id, 1, { added: [noodles], replaced: [], removed: [] }, about);
    const second = await report({ set: 'moods' });
    expect(second).toMatchObject({ setVersion: 2, baseline: { labelsUsed: 25 } });
  });

  it('stands beside the newest run of the best prompt version on the same cases', async () => {
    await addVersion(test.workbench, seeded, 'Say whether this review is positive or negative.');
    const { project, prompt } = seeded;
    const set = await test.workbench.stores.evalSets.find(project.id, 'moods');
    if (set === null) throw new Error('the set was imported');
    await runToEnd(test.workbench, { project, prompt, set }, { version: 1, split: 'dev' });
    const run = await runToEnd(test.workbench, { project, prompt, set }, { version: 1, split: 'all' });
    const both = await report();
    expect(both.set).toBe('moods');
    expect(both.prompt).toMatchObject({ run: run.id, prompt: 'classify', version: 1, standIn: false, examples: 0 });
    expect(both.prompt?.dev.n).toBe(25);
    expect(both.prompt?.holdout?.n).toBe(24);
    expect(both.comparison).toMatchObject({ n: 25, excluded: 0, verdict: "can't tell", enoughFlips: false });
  });

  it('is a line of the chart for the set version that it was trained on', async () => {
    const { baselines } = await server.call('GET /api/projects/:project/chart', { params });
    expect(baselines).toMatchObject([{ set: 'moods', setVersion: 2, labelsUsed: 25, n: 25 }]);
  });
});
