import { afterEach, expect, it } from 'vitest';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { noScoringModels } from '../../../server/domain/scoring.ts';
import { gatherEvidence } from '../../../server/services/deploy/evidence.ts';
import { changeSet } from '../../../server/services/evaluate/change-set.ts';
import { importSet } from '../../../server/services/evaluate/import-set.ts';
import { planRun } from '../../../server/services/evaluate/plan-run.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { resultPage } from '../../../server/services/evaluate/results.ts';
import { runMetrics } from '../../../server/services/evaluate/run-metrics.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';
import { testModel } from '../../fixtures/workbench.ts';

let lab: RunLab;
afterEach(() => lab.close());
const scorers = (...texts: string[]) => texts.map(parseScorerSpec);
const rows = (...items: object[]) => items.map((item) => JSON.stringify(item)).join('\n');
const importRows = (text: string) =>
  importSet(lab.workbench, lab.project, { set: 'Own', holdout: 0, author: '', fileName: 'own.jsonl', text });

const own = rows(
  { id: 'a', review: 'one', expected: 'positive' },
  { id: 'b', review: 'two', expected: 'positive', scorers: ['must=contains:neg'] },
  { id: 'c', review: 'three', expected: 'positive', scorers: 'must=contains:posi\nlength:<=4' },
);

it('judge their case in place of the run’s scorer of that name, others beside it as one metric', async () => {
  lab = await openRunLab({ cases: 1, server: { answer: () => 'positive' } });
  await importRows(own);
  const run = await lab.run({ set: 'own', scorers: scorers('must=contains:positive', 'label') });
  const { results } = await resultPage(lab.workbench, run.id, { limit: 10 });
  const byKey = new Map(results.map((result) => [result.caseKey, result]));
  expect(byKey.get('a')).toMatchObject({ outcome: 'passed', scores: [{ scorer: 'must=contains:positive' }, {}] });
  expect(byKey.get('b')).toMatchObject({
    outcome: 'failed',
    scores: [{ scorer: 'must=contains:positive', own: 'contains:neg', passed: false }, { passed: true }],
  });
  expect(byKey.get('c')?.scores).toMatchObject([
    { own: 'contains:posi', passed: true },
    { scorer: 'label' },
    { scorer: 'case', own: 'length:<=4', passed: false },
  ]);
  expect(await runMetrics(lab.workbench, run.id)).toMatchObject([
    { metric: 'must', n: 3, passed: 2 },
    { metric: 'label', n: 3, passed: 3 },
    { metric: 'case', n: 1, passed: 0 },
  ]);
  const candidate = { prompt: 'sentiment', version: 1, model: testModel };
  expect((await gatherEvidence(lab.workbench, lab.project, candidate)).evidence.runs).toMatchObject([
    { judgedBy: { scorers: ['must=contains:positive', 'label'], threshold: null, casesWithOwn: 2 } },
  ]);
  // Judged again without the run's "must", each case keeps what it holds.
  await rescoreRun(lab.workbench, run.id, { scorers: scorers('label'), threshold: null, ...noScoringModels });
  const again = await resultPage(lab.workbench, run.id, { limit: 10 });
  expect(again.results.find(({ caseKey }) => caseKey === 'b')).toMatchObject({
    outcome: 'failed',
    scores: [{ scorer: 'label' }, { scorer: 'case', own: 'contains:neg' }],
  });
});

it('stay through changes that say nothing of them, and are a version of the set when they change', async () => {
  lab = await openRunLab({ cases: 1 });
  await importRows(own);
  const { stores } = lab.workbench;
  const set = await stores.evalSets.find(lab.project.id, 'own');
  if (set === null) throw new Error('the set is missing');
  const change = (base: number, given: { tags: string[]; scorers?: string[] }) =>
    changeSet(lab.workbench, lab.project, 'own', {
      base,
      note: '',
      author: '',
      changes: [{ type: 'replace', key: 'b', case: { variables: { review: 'two' }, expected: 'positive', ...given } }],
    });
  const held = async () => {
    const version = await stores.evalSets.version(set.id, null);
    if (version === null) throw new Error('the version is missing');
    return (await stores.evalSets.cases(version)).find(({ key }) => key === 'b')?.scorers;
  };
  expect((await change(1, { tags: ['x'] })).number).toBe(2);
  expect(await held()).toEqual(['must=contains:neg']);
  expect((await importRows(rows({ id: 'b', review: 'two', expected: 'positive', tags: ['x'] }))).unchanged).toBe(1);
  expect((await change(2, { tags: ['x'], scorers: [] })).number).toBe(3);
  expect(await held()).toBeUndefined();
});

it.each([
  ['absent', 'There is no scorer "absent"'],
  ['regex:(', 'no look-around'],
  ['judge:tone', 'judge:PROMPT@VERSION'],
  ['all-of:["script:mine"]', 'script:NAME@HASH'],
])('a row with the scorer %s names its line', async (scorer, reason) => {
  lab = await openRunLab({ cases: 1 });
  const text = rows(
    { review: 'one', expected: 'positive' },
    { review: 'two', expected: 'positive', scorers: [scorer] },
  );
  await expect(importRows(text)).rejects.toMatchObject({
    code: 'import_failed',
    message: expect.stringContaining('own.jsonl:2'),
    details: { problems: [{ line: 2, code: 'case_scorer_wrong', message: expect.stringContaining(reason) }] },
  });
});

it('that ask a model are known before a run begins, and are in its plan', async () => {
  lab = await openRunLab({ cases: 1 });
  await importRows(
    rows(
      { review: 'one', expected: 'positive' },
      { review: 'two', expected: 'positive', scorers: ['rubric:It is kind'] },
    ),
  );
  const request = { prompt: 'sentiment', set: 'own', model: testModel, scorers: scorers('label') };
  await expect(lab.create(request)).rejects.toMatchObject({ code: 'judge_model_missing' });
  const plan = await planRun(lab.workbench, lab.project, { ...request, judgeModel: testModel });
  expect(plan.judging).toMatchObject({ calls: 1 });
});
