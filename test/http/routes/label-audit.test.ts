import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { runToEnd, type SeededProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
let seeded: SeededProject;
let run: number;
const params = { project: 'reviews', set: 'labelled' };
const nouns = [
  'soup',
  'bread',
  'fish',
  'wine',
  'waiter',
  'terrace',
  'coffee',
  'salad',
  'queue',
  'dessert',
  'rice',
  'tea',
];
const rows = nouns.flatMap((noun) => [
  { id: `good ${noun}`, review: `A good, lovely ${noun}`, mood: noun === 'soup' ? 'negative' : 'positive' },
  { id: `bad ${noun}`, review: `Awful, those ${noun}s were bad`, mood: 'negative' },
]);
/** Reads the mood off the review, except of bread. */
const answer = ({ content }: { content: string }) =>
  content.includes('good') !== content.includes('bread') ? 'positive' : 'negative';

beforeAll(async () => {
  test = await openTestWorkbench({ answer });
  server = await serveForTest(test.workbench);
  const { stores } = test.workbench;
  const project = await stores.projects.create('Reviews');
  const prompt = await stores.prompts.create(project.id, 'classify');
  const content = {
    messages: [{ role: 'user' as const, content: 'positive or negative? {{review}}' }],
    parameters: {},
    responseFormat: { type: 'labels' as const, labels: ['positive', 'negative'] },
  };
  await stores.prompts.addVersion(prompt.id, { content, note: '', author: '', parent: null });
  const text = rows.map((row) => JSON.stringify(row)).join('\n');
  const body = { set: 'Labelled', fileName: 'a.jsonl', expected: 'mood', holdout: 0, text };
  await server.call('POST /api/projects/:project/sets/import', { params, body });
  const set = await stores.evalSets.find(project.id, 'labelled');
  if (set === null) throw new Error('the set was imported');
  seeded = { project, prompt, set };
  run = (await runToEnd(test.workbench, seeded)).id;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const audit = (query = {}) => server.call('GET /api/projects/:project/sets/:set/audit', { params, query });
const effect = async (decisions: { key: string; label: string }[]) =>
  (await server.call('POST /api/projects/:project/sets/:set/audit/effect', { params, body: { decisions } })).runs;
const decide = (decisions: { key: string; label: string }[], base: number, author = 'Ada') =>
  ({ params, body: { base, decisions, author, note: 'Read again' } }) as const;

describe('the label audit', () => {
  it('ranks the wrong label first, with its reasons and what each source is worth', async () => {
    const report = await audit({ limit: 5 });
    expect(report).toMatchObject({
      setVersion: 1,
      labels: ['negative', 'positive'],
      cases: 24,
      settled: 0,
      reason: null,
    });
    expect(report.classifierReason).toBeNull();
    expect(report.runs).toMatchObject([{ run, prompt: 'classify', version: 1, split: 'all' }]);
    const [first] = report.suspects;
    expect(first).toMatchObject({ key: 'good soup', label: 'negative', suggestion: 'positive', split: 'dev' });
    expect(first?.evidence.find(({ source }) => source === 'run')).toMatchObject({ run, label: 'positive', said: -1 });
    const similar = first?.evidence.find((one) => one.source === 'neighbours');
    expect(similar?.cases[0]).toMatchObject({ label: 'positive', text: expect.stringContaining('good, lovely') });
    // Its answers to the two cases of bread are wrong, and to the soup the label is.
    expect(report.sources.find(({ source }) => source === 'run')).toMatchObject({ n: 24, right: 21 });
    expect(report.suspects.length).toBeLessThanOrEqual(5);
    expect(report.suspectCount).toBeGreaterThanOrEqual(3);
  });

  it('says before anything is saved what a relabel makes of past pass rates', async () => {
    expect(await effect([])).toMatchObject([
      { run, n: 24, relabelled: 0, before: { passRate: 21 / 24 }, after: { passRate: 21 / 24 } },
    ]);
    const [right] = await effect([{ key: 'good soup', label: 'positive' }]);
    expect(right).toMatchObject({ relabelled: 1, before: { passRate: 21 / 24 }, after: { passRate: 22 / 24 } });
    const [wrong] = await effect([{ key: 'bad tea', label: 'positive' }]);
    expect(wrong).toMatchObject({ relabelled: 1, after: { passRate: 20 / 24 } });
    expect((await audit()).setVersion).toBe(1);
  });

  it('keeps a confirmed label off the list, without a new version', async () => {
    const doubted = (await audit()).suspects.map(({ key }) => key);
    expect(doubted).toContain('good bread');
    const kept = await server.call(
      'POST /api/projects/:project/sets/:set/audit/decisions',
      decide([{ key: 'good bread', label: 'positive' }], 1),
    );
    expect(kept).toEqual({ setVersion: 1, confirmed: 1, relabelled: 0 });
    const after = await audit();
    expect(after).toMatchObject({ setVersion: 1, settled: 1 });
    expect(after.suspects.map(({ key }) => key)).not.toContain('good bread');
  });

  it('saves relabelled cases as one version, settles them, and shows what that did to past runs', async () => {
    const decisions = [
      { key: 'good soup', label: 'positive' },
      { key: 'bad bread', label: 'negative' },
    ];
    const kept = await server.call('POST /api/projects/:project/sets/:set/audit/decisions', decide(decisions, 1));
    expect(kept).toEqual({ setVersion: 2, confirmed: 1, relabelled: 1 });
    const set = await server.call('GET /api/projects/:project/sets/:set', { params });
    expect(set.versions.at(-1)).toMatchObject({ number: 2, note: 'Read again', author: 'Ada', caseCount: 24 });
    const after = await audit();
    expect(after).toMatchObject({ setVersion: 2, settled: 3 });
    expect(after.suspects.map(({ key }) => key)).not.toContain('good soup');
    // The run stays tied to the version that it ran on, and its answers still count as evidence.
    expect(after.sources.find(({ source }) => source === 'run')).toMatchObject({ n: 24, right: 22 });
    expect(await effect([])).toMatchObject([
      { relabelled: 1, before: { passRate: 21 / 24 }, after: { passRate: 22 / 24 } },
    ]);
    expect((await server.call('GET /api/runs/:run', { params: { run } })).passRate).toBe(21 / 24);
  });

  it('opens the question again where a label is changed after that', async () => {
    const change = {
      type: 'replace' as const,
      key: 'good soup',
      case: { variables: { review: 'A good, lovely soup' }, expected: 'negative' },
    };
    await server.call('POST /api/projects/:project/sets/:set/changes', {
      params,
      body: { base: 2, changes: [change] },
    });
    expect((await audit()).suspects[0]).toMatchObject({ key: 'good soup' });
  });

  it('holds repeats against other labels too', async () => {
    const repeated = await runToEnd(test.workbench, seeded, { repeats: 2 });
    const [newest] = await effect([{ key: 'good soup', label: 'positive' }]);
    expect(newest).toMatchObject({
      run: repeated.id,
      n: 24,
      before: { passRate: 21 / 24 },
      after: { passRate: 22 / 24 },
    });
  });

  it('refuses a decision without a name, on an older version, or on a case that is not there', async () => {
    const route = 'POST /api/projects/:project/sets/:set/audit/decisions';
    const choice = [{ key: 'good tea', label: 'positive' }];
    expect(await server.refusal(route, decide(choice, 3, ' '))).toMatchObject({ code: 'request_invalid' });
    expect(await server.refusal(route, decide(choice, 1))).toMatchObject({
      code: 'set_changed_meanwhile',
      status: 409,
    });
    const gone = decide([{ key: 'gone', label: 'positive' }], 3);
    expect(await server.refusal(route, gone)).toMatchObject({ code: 'case_missing', details: { key: 'gone' } });
  });

  it('says so where a set expects no labels', async () => {
    const text = nouns
      .map((noun) => JSON.stringify({ question: `Where is the ${noun}?`, answer: `On table ${noun}` }))
      .join('\n');
    const body = { set: 'Free', fileName: 'b.jsonl', text };
    await server.call('POST /api/projects/:project/sets/import', { params, body });
    const report = await server.call('GET /api/projects/:project/sets/:set/audit', {
      params: { ...params, set: 'free' },
    });
    expect(report).toMatchObject({ reason: { code: 'audit_without_labels' }, suspects: [] });
  });
});
