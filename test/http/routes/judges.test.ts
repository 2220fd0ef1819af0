import { afterAll, beforeAll, expect, it } from 'vitest';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

/** The judge passes what ends in an even number; the last of 80 it can't be read on. */
const verdictOn = (message: string): string => {
  const number = Number(/Review number (\d+)/.exec(message)?.[1]);
  return number === 79
    ? 'Who knows?'
    : JSON.stringify({ reasoning: `I saw ${number}.`, verdict: number % 2 === 0 ? 'pass' : 'fail' });
};

let lab: RunLab;
let server: TestServer;
let run: number;
let judge: string;
const scorers = [{ name: 'rubric', args: 'It is even', negate: false, weight: 1 }];
beforeAll(async () => {
  lab = await openRunLab({
    cases: 80,
    server: {
      answer: ({ content }) => (content.includes('<criterion') ? verdictOn(content) : 'fine'),
    },
    content: {
      messages: [{ role: 'user', content: '{{review}}' }],
      parameters: {},
      responseFormat: { type: 'text' },
    },
  });
  server = await serveForTest(lab.workbench);
  run = (await lab.run({ scorers, judgeModel: testModel })).id;
  judge = (await overview()).judges[0]?.judge ?? '';
});
afterAll(async () => {
  await server.close();
  await lab.close();
});

const overview = () => server.call('GET /api/runs/:run', { params: { run } });
const sample = (query: { size?: number; author?: string } = {}) =>
  server.call('GET /api/runs/:run/judges/:judge/sample', { params: { run, judge }, query });
const item = (result: number) =>
  server.call('GET /api/runs/:run/judges/:judge/items/:result', { params: { run, judge, result } });
const say = (result: number, passed: boolean | null, author = 'Ada', note = '') =>
  server.call('POST /api/runs/:run/judges/:judge/labels', {
    params: { run, judge },
    body: { result, passed, author, note },
  });
const report = () => server.call('GET /api/runs/:run/judges/:judge/report', { params: { run, judge } });

it('a judge that nobody calibrated says so with the run, its list and its report', async () => {
  const [standing] = (await overview()).judges;
  expect(standing).toMatchObject({
    scorer: 'rubric:It is even',
    judge: expect.stringMatching(/^[0-9a-f]{16}$/),
    passed: 40,
    n: 79,
    labels: 0,
    kappa: null,
    corrected: { correctable: false, reason: 'uncalibrated' },
  });
  const { runs } = await server.call('GET /api/projects/:project/runs', { params: { project: 'reviews' }, query: {} });
  expect(runs[0]?.judges).toEqual([standing]);
  const html = await server.send('GET /api/runs/:run/report', { params: { run }, query: { language: 'en' } });
  expect(await html.text()).toContain('uncalibrated judge');
});

it('a sample is random, the same for everyone, leaves out what was not judged, and shows no verdict', async () => {
  const all = await sample({ size: 1000 });
  expect(all).toMatchObject({ scorer: 'rubric:It is even', criterion: 'It is even' });
  const results = all.items.map(({ result }) => result);
  expect(new Set(results).size).toBe(79);
  expect(results).not.toEqual([...results].sort((a, b) => a - b));
  expect((await sample({ size: 20, author: 'Grace' })).items).toEqual(all.items.slice(0, 20));
  const shown = await item(results[0] ?? 0);
  expect(Object.keys(shown).sort()).toEqual(['caseKey', 'expected', 'messages', 'output', 'result']);
  expect(JSON.stringify(shown)).not.toContain('I saw');
});

it('labels calibrate it: where people differ with it, and what that makes of the rate', async () => {
  const { items } = await sample({ size: 60 });
  const numbers = new Map<number, number>();
  for (const { result } of items) {
    const number = Number(/\d+/.exec((await item(result)).caseKey)?.[0]);
    numbers.set(result, number);
    // A person passes even numbers too, and 1.
    await say(result, number % 2 === 0 || number === 1);
  }
  const [first, second] = items.map(({ result }) => result);
  if (first === undefined || second === undefined) throw new Error('there are sixty');
  await say(first, null);
  expect((await sample({ size: 1, author: 'Ada' })).items).toEqual([
    { result: first, label: { passed: null, note: '' } },
  ]);
  const wrong = !((numbers.get(first) ?? 0) % 2 === 0);
  await say(first, wrong, 'Ada', '<b>no</b>');
  await say(second, (numbers.get(second) ?? 0) % 2 === 0, 'Grace');
  const { standing, calibration, disagreements } = await report();
  const differing = [...numbers].filter(([result, number]) => result === first || number === 1);
  expect(calibration).toMatchObject({ labels: 60, people: ['Ada', 'Grace'], undecided: 0 });
  expect(calibration.betweenPeople).toMatchObject({ n: 1 });
  expect(calibration.agreement?.value).toBeCloseTo((60 - differing.length) / 60, 9);
  expect(disagreements).toHaveLength(differing.length);
  expect(disagreements.find(({ result }) => result === first)).toMatchObject({
    run,
    judgePassed: !wrong,
    explanation: `I saw ${numbers.get(first)}.`,
    output: 'fine',
    people: [{ author: 'Ada', passed: wrong, note: '<b>no</b>' }],
  });
  expect(standing.corrected).toMatchObject({ correctable: true });
  expect((await overview()).judges).toEqual([standing]);
});

it('another judge starts over, and the old one is no judge of the run any more', async () => {
  const before = judge;
  const other = [{ name: 'rubric', args: 'It is an even number', negate: false, weight: 1 }];
  const scoring = { threshold: null, judgeModel: testModel, embeddingModel: null };
  const { id } = await lab.workbench.stores.runs.list(lab.project.id).then(([only]) => only ?? { id: undefined });
  if (id === undefined) throw new Error('there is a run');
  await rescoreRun(lab.workbench, id, { ...scoring, scorers: other });
  const [standing] = (await overview()).judges;
  expect(standing?.judge).not.toBe(before);
  expect(standing).toMatchObject({ labels: 0, corrected: { reason: 'uncalibrated' } });
  const gone = { status: 404, code: 'judge_missing' };
  const params = { run, judge: before };
  expect(await server.refusal('GET /api/runs/:run/judges/:judge/report', { params })).toMatchObject(gone);
  await rescoreRun(lab.workbench, id, { ...scoring, scorers });
  expect((await report()).calibration.labels).toBe(60);
});

it('a label needs a name, a verdict of this judge and a result of the run', async () => {
  const [first] = (await sample({ size: 1 })).items;
  const refused = (result: number, author: string) =>
    server.refusal('POST /api/runs/:run/judges/:judge/labels', {
      params: { run, judge },
      body: { result, passed: true, author },
    });
  expect(await refused(first?.result ?? 0, ' ')).toMatchObject({ status: 400, code: 'author_missing' });
  expect(await refused(999_999, 'Ada')).toMatchObject({ status: 404, code: 'result_missing' });
  const { results } = await server.call('GET /api/runs/:run/results', { params: { run }, query: {} });
  const unread = results.find(({ caseKey }) => caseKey === 'case-79')?.id ?? 0;
  expect(await refused(unread, 'Ada')).toMatchObject({ status: 404, code: 'judge_missing' });
});
