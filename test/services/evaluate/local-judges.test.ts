import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { scoringFailures } from '../../../server/domain/scorer.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { standardModel } from '../../../server/providers/local/catalogue.ts';
import { rescoreRun } from '../../../server/services/evaluate/rescore-run.ts';
import { describeWithModel } from '../../fixtures/local-model.ts';
import { openRunLab, type RunLab } from '../../fixtures/run-lab.ts';

let lab: RunLab;
afterEach(() => lab.close());

const model = `local/${standardModel}`;
const scoring = (...scorers: string[]) => ({
  scorers: scorers.map((scorer) => parseScorerSpec(scorer)),
  threshold: null,
  judgeModel: model,
  embeddingModel: model,
});

describeWithModel('judges', (modelPath) => {
  const open = async (answer: string) => {
    lab = await openRunLab({ cases: 1, server: { answer: () => answer }, modelsDirectory: path.dirname(modelPath) });
  };

  it('reply in the form that is asked of them, or are counted as errors and not as a verdict', async () => {
    await open('positive');
    const asking = ['rubric:names a feeling', 'factuality', 'closed-qa:It is one word'];
    const run = await lab.run({ ...scoring(...asking), concurrency: 1 });
    const [result] = await lab.workbench.stores.results.find(run.id, { limit: 1 });
    const scores = result?.judgement?.scores ?? [];
    expect(scores).toHaveLength(asking.length);
    for (const { value, passed, answer, explanation, failure, judge, costUsd } of scores) {
      expect(explanation).not.toBe('');
      if (failure !== undefined) {
        // So small a model may run on until its reply is cut off.
        expect(scoringFailures).toContain(failure);
        expect([value, passed]).toEqual([null, false]);
        continue;
      }
      expect(value).toBe(passed ? 1 : 0);
      expect(answer).not.toBeNull();
      expect(judge).toMatch(/^[0-9a-f]{8,}$/);
      expect(costUsd).toBe(0);
    }
    const judged = JSON.stringify(scores);
    await rescoreRun(lab.workbench, run.id, scoring(...asking));
    const [again] = await lab.workbench.stores.results.find(run.id, { limit: 1 });
    expect(JSON.stringify(again?.judgement?.scores)).toBe(judged);
  }, 240_000);

  it('compare embeddings: what is expected word for word is as near as can be, and it costs nothing', async () => {
    await open('positive');
    const run = await lab.run(scoring('similarity:0.99'));
    const [result] = await lab.workbench.stores.results.find(run.id, { limit: 1 });
    expect(result?.judgement).toMatchObject({ outcome: 'passed', scores: [{ costUsd: 0 }] });
    expect(result?.judgement?.value).toBeCloseTo(1, 4);
  }, 120_000);
});
