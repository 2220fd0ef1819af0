import { describe, expect, it } from 'vitest';
import { trainClassifier } from '../../../server/domain/baseline/text-classifier.ts';
import {
  accuracy,
  type BaselineCase,
  baselineObstacle,
  trainBaseline,
} from '../../../server/domain/baseline/trained-baseline.ts';
import { contentHash } from '../../../server/domain/content-hash.ts';
import type { CaseId } from '../../../server/domain/ids.ts';

/** A number that looks drawn by chance and is the same in every run. */
const draw = (name: string, below: number): number => Number.parseInt(contentHash(name).slice(0, 8), 16) % below;
const words = Array.from({ length: 400 }, (_, index) => `w${index}`);

/** Texts of twelve words that say nothing, and `mark`s that do. */
const made = (count: number, labelOf: (index: number) => string, mark: (label: string, index: number) => string) =>
  Array.from({ length: count }, (_, index): BaselineCase => {
    const label = labelOf(index);
    const noise = Array.from({ length: 12 }, (__, at) => words[draw(`${index} ${at}`, words.length)]).join(' ');
    return { id: index as CaseId, key: `c${index}`, label, text: `${noise} ${mark(label, index)}` };
  });
const inTurn = (index: number): string => ['good', 'bad'][index % 2] ?? '';
const byChance = (index: number): string => ['good', 'bad'][draw(`label ${index}`, 2)] ?? '';

describe('cross-validation', () => {
  it('finds labels that the words tell', () => {
    const training = trainBaseline(
      made(200, inTurn, (label) => (label === 'good' ? 'delicious warm lovely' : 'awful cold stale')),
      [],
    );
    expect(accuracy(training.predictions)?.passRate).toBeGreaterThan(0.98);
    expect(training.predictions.every(({ probability }) => probability > 0.5 && probability <= 1)).toBe(true);
  });

  it('finds them in Chinese', () => {
    const training = trainBaseline(
      made(100, inTurn, (label) => (label === 'good' ? '真是好吃极了' : '太难以下咽')),
      [],
    );
    expect(accuracy(training.predictions)?.passRate).toBeGreaterThan(0.98);
  });

  it('finds nothing where labels were drawn by chance', () => {
    const rate =
      accuracy(
        trainBaseline(
          made(400, byChance, () => ''),
          [],
        ).predictions,
      )?.passRate ?? 0;
    // Four standard errors of a coin thrown 400 times.
    expect(Math.abs(rate - 0.5)).toBeLessThan(0.1);
  });

  it('learns nothing from a twin of the case it judges', () => {
    // Labels by chance, each text twice: a model that saw the twin would know the label.
    const once = made(200, byChance, () => '');
    const twice = [
      ...once,
      ...once.map((one) => ({ ...one, id: (one.id + 1000) as CaseId, key: `${one.key} again`, text: `${one.text}.` })),
    ];
    const rate = accuracy(trainBaseline(twice, []).predictions)?.passRate ?? 0;
    expect(Math.abs(rate - 0.5)).toBeLessThan(0.15);
  });

  it('predicts each case once, the same in any order of the cases', () => {
    const cases = made(150, inTurn, (label, index) => (index % 3 === 0 ? label : 'nothing'));
    const training = trainBaseline(cases, []);
    expect(training.predictions.map(({ caseId }) => caseId)).toEqual(cases.map(({ id }) => id));
    const reversed = trainBaseline(cases.toReversed(), []);
    expect(reversed.predictions.toReversed()).toEqual(training.predictions);
    expect(training).toMatchObject({ labelsUsed: 150, folds: 10, holdoutPredictions: [] });
  });

  it('judges holdout by what all of dev taught', () => {
    const cases = made(100, inTurn, (label) => (label === 'good' ? 'delicious warm lovely' : 'awful cold stale'));
    const { holdoutPredictions } = trainBaseline(cases.slice(0, 80), cases.slice(80));
    expect(accuracy(holdoutPredictions)).toMatchObject({ n: 20, passRate: 1, interval: [expect.closeTo(0.838875), 1] });
  });
});

describe('the classifier', () => {
  const many = 'one two three four five six seven';
  it('gives a text of which it knows nothing the commonest label', () => {
    const predict = trainClassifier([
      { label: 'unknown', text: `red ${many}` },
      { label: 'blue', text: `green ${many}` },
      { label: 'blue', text: `violet ${many}` },
    ]);
    expect(predict('nothing of this')).toEqual({ predicted: 'blue', probability: expect.closeTo(2 / 3) });
    expect(predict('red').predicted).toBe('unknown');
  });

  it('gives the commonest label where there is next to nothing to learn from', () => {
    const predict = trainClassifier(['🙂', '🙁', '🙁'].map((text) => ({ label: text, text })));
    expect(predict('🙂')).toEqual({ predicted: '🙁', probability: expect.closeTo(2 / 3) });
  });

  it('gives shares that add up to one over several labels', () => {
    const labels = ['a', 'b', 'c'];
    const predict = trainClassifier(labels.map((label) => ({ label, text: `sign-${label} ${many}` })));
    for (const label of labels) {
      const { predicted, probability } = predict(`sign-${label} one two`);
      expect(predicted).toBe(label);
      expect(probability).toBeGreaterThan(1 / 3);
      expect(probability).toBeLessThan(1);
    }
  });
});

describe('what stands against training', () => {
  const cases = made(30, inTurn, () => '');
  it('is nothing where each label has ten different cases', () => {
    expect(baselineObstacle(cases, ['good', 'bad'])).toBeNull();
  });
  it('is that there are no labels', () => {
    expect(baselineObstacle(cases, [])).toMatchObject({ code: 'baseline_without_labels' });
  });
  it('is a label with too few, which is named', () => {
    const few = cases.filter(({ label }, index) => label === 'good' || index < 18);
    expect(baselineObstacle(few, ['good', 'bad'])).toMatchObject({
      code: 'baseline_label_too_rare',
      details: { label: 'bad', count: 9, needed: 10 },
    });
  });
});
