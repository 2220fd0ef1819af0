import { afterEach, expect, it } from 'vitest';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { noScoringModels } from '../../../server/domain/scoring.ts';
import { wilsonInterval } from '../../../server/domain/statistics/wilson-interval.ts';
import { compareRunPair } from '../../../server/services/evaluate/compare-runs.ts';
import { exportResults } from '../../../server/services/evaluate/export-results.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { metricsOfSeveral, runMetrics } from '../../../server/services/evaluate/run-metrics.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

let lab: RunLab;
afterEach(() => lab.close());
const scorers = (...texts: string[]) => texts.map(parseScorerSpec);

it('each scorer of a run has a rate of its own, under the name that it was given', async () => {
  lab = await openRunLab({ cases: 20, server: { answer: () => 'positive' } });
  const run = await lab.run({
    scorers: scorers('right=label', 'brief=length:<=20', 'not:contains:sorry', 'broken=javascript:nothing.here'),
  });
  const metrics = await runMetrics(lab.workbench, run.id);
  expect(metrics).toMatchObject([
    { metric: 'right', scorer: 'right=label', passed: 10, failed: 10, n: 20, passRate: 0.5, mean: 0.5 },
    { metric: 'brief', scorer: 'brief=length:<=20', passed: 20, failed: 0, passRate: 1, mean: 1 },
    { metric: 'not:contains:sorry', passed: 20 },
    { metric: 'broken', passed: 0, failed: 0, errors: 20, n: 0, passRate: null, mean: null },
  ]);
  expect(metrics[0]?.interval).toEqual(wilsonInterval(10, 20));
  const csv = (await Array.fromAsync(exportResults(lab.workbench, run.id, 'csv'))).join('').split('\r\n');
  expect(csv[0]).toContain('passed: right,value: right,passed: brief,value: brief,passed: not:contains:sorry');
  expect(csv.slice(1, -1).filter((line) => line.includes(',true,1,true,1,true,1,false,'))).toHaveLength(10);
});

it('with repeats a case counts once', async () => {
  lab = await openRunLab({ cases: 10, server: { answer: () => 'positive' } });
  const run = await lab.run({ scorers: scorers('right=label', 'brief=length:<=20'), repeats: 3 });
  expect(await runMetrics(lab.workbench, run.id)).toMatchObject([
    { metric: 'right', passed: 15, n: 10, passRate: 0.5 },
    { metric: 'brief', passed: 30, n: 10, passRate: 1 },
  ]);
});

it('a comparison says of each metric that both runs have what was fixed and broken', async () => {
  lab = await openRunLab({ cases: 20, server: { answer: () => 'positive' } });
  const scoring = (...texts: string[]) => ({ scorers: scorers(...texts), threshold: null, ...noScoringModels });
  const a = await lab.run({ scorers: scorers('right=label', 'brief=length:<=3') });
  const b = await lab.run({ scorers: scorers('right=label', 'brief=length:<=3') });
  await rescoreRun(lab.workbench, b.id, scoring('more=exact', 'brief=length:<=30', 'right=not:label'));
  const [pair] = await metricsOfSeveral(lab.workbench, [a.id, b.id], 'all');
  expect(pair).toMatchObject({ run: b.id });
  expect(pair?.metrics).toMatchObject([
    { metric: 'brief', n: 20, fixed: 20, broken: 0, correctedVerdict: 'better' },
    { metric: 'right', n: 20, fixed: 10, broken: 10, correctedVerdict: "can't tell", correctedPValue: 1 },
  ]);
  const [brief] = pair?.metrics ?? [];
  expect(brief?.correctedPValue).toBeCloseTo(2 * (brief?.pValue ?? 0));
  const compared = await compareRunPair(lab.workbench, a.id, b.id, 'dev');
  expect(compared.metrics.map(({ metric }) => metric)).toEqual(['brief', 'right']);
});

it('two scorers can not have the same name', async () => {
  lab = await openRunLab({ cases: 2 });
  await expect(lab.create({ scorers: scorers('a=label', 'a=exact') })).rejects.toMatchObject({
    code: 'scorer_metric_taken',
  });
  const named = { ...parseScorerSpec('label'), metric: 'a=b' };
  await expect(lab.create({ scorers: [named] })).rejects.toMatchObject({ code: 'scorer_metric_invalid' });
});
