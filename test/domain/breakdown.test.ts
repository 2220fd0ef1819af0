import { describe, expect, it } from 'vitest';
import { BreakdownTally, type Measured } from '../../server/domain/breakdown.ts';
import { wilsonInterval } from '../../server/domain/statistics/wilson-interval.ts';

const result = (caseId: number, more: Partial<Measured> = {}): Measured => ({
  caseId,
  split: 'dev',
  label: 'positive',
  tags: [],
  language: 'latin',
  outcome: 'passed',
  answer: 'positive',
  error: null,
  said: [],
  inputTokens: 100,
  outputTokens: 5,
  costUsd: 0.001,
  latencyMs: 200,
  fromCache: false,
  ...more,
});
const wrong = { outcome: 'failed', answer: 'negative' } as const;
const timeout = { outcome: 'error', answer: null, error: { code: 'timeout', message: 'no reply' } } as const;
const breakdownOf = (results: readonly Measured[]) => {
  const tally = new BreakdownTally();
  for (const one of results) tally.add(one);
  return tally.breakdown();
};

describe('a breakdown', () => {
  it('counts by tag, label, language and split, each with its interval', () => {
    const { byTag, byLabel, byLanguage, bySplit } = breakdownOf([
      result(1, { tags: ['lunch', 'lunch', 'short'] }),
      result(2, { tags: ['lunch'], ...wrong, language: 'zh', split: 'holdout' }),
      result(3, { label: 'negative', outcome: 'no_answer', answer: null }),
      result(4, { label: null, ...timeout }),
    ]);
    expect(byTag).toEqual([
      {
        key: 'lunch',
        passed: 1,
        failed: 1,
        noAnswer: 0,
        errors: 0,
        n: 2,
        passRate: 0.5,
        interval: wilsonInterval(1, 2),
      },
      expect.objectContaining({ key: 'short', n: 1 }),
    ]);
    expect(byLabel.map(({ key, n, noAnswer }) => [key, n, noAnswer])).toEqual([
      ['positive', 2, 0],
      ['negative', 1, 1],
    ]);
    expect(byLanguage.map(({ key, n, errors }) => [key, n, errors])).toEqual([
      ['zh', 1, 0],
      ['latin', 2, 1],
    ]);
    expect(bySplit.map(({ key, passRate }) => [key, passRate])).toEqual([
      ['dev', 0.5],
      ['holdout', 0],
    ]);
  });

  it('averages repeats per case first', () => {
    const { bySplit } = breakdownOf([
      ...[1, 2, 3, 4].map(() => result(1)),
      result(2, wrong),
      result(2, wrong),
      result(2, { ...timeout }),
    ]);
    expect(bySplit[0]).toMatchObject({ passed: 4, failed: 2, errors: 1, n: 2, passRate: 0.5 });
  });

  it('has the kinds of errors, and measures replies only', () => {
    const { errors, latencyMs, inputTokens, costUsd } = breakdownOf([
      result(1),
      result(2, { ...timeout, latencyMs: 60_000 }),
      result(3, { ...timeout }),
      result(4, { ...timeout, error: { code: 'too_long', message: 'x' } }),
      result(5, { fromCache: true, latencyMs: 0, costUsd: 0 }),
      result(6, { costUsd: null, latencyMs: 300 }),
    ]);
    expect(errors).toEqual([
      { code: 'timeout', count: 2, message: 'no reply' },
      { code: 'too_long', count: 1, message: 'x' },
    ]);
    expect(latencyMs).toMatchObject({ n: 2, min: 200, max: 300 });
    expect(inputTokens).toMatchObject({ n: 3 });
    expect(costUsd).toMatchObject({ n: 1 });
  });

  it('keeps the largest 40 tags', () => {
    const many = Array.from({ length: 50 }, (_, index) => result(index, { tags: ['all', `tag-${index}`] }));
    const { byTag, moreTags } = breakdownOf(many);
    expect(byTag).toHaveLength(40);
    expect(byTag[0]?.key).toBe('all');
    expect(moreTags).toBe(11);
  });
});

describe('the matrix', () => {
  it('has what was expected against what was answered, right answers on the diagonal', () => {
    const { confusion } = breakdownOf([
      result(1),
      result(2),
      result(3, wrong),
      result(4, { label: 'negative', answer: 'negative' }),
      result(5, { label: 'negative', outcome: 'failed', answer: 'no idea' }),
      result(6, { label: 'negative', outcome: 'no_answer', answer: null }),
      result(7, { ...timeout }),
    ]);
    expect(confusion?.columns).toEqual([
      { type: 'answer', answer: 'positive' },
      { type: 'answer', answer: 'negative' },
      { type: 'answer', answer: 'no idea' },
      { type: 'no_answer' },
      { type: 'error' },
    ]);
    expect(confusion?.rows.map(({ label, cells }) => [label, ...cells.map(({ count }) => count)])).toEqual([
      ['positive', 2, 1, 0, 0, 1],
      ['negative', 0, 1, 1, 1, 0],
    ]);
    expect(confusion?.rows[0]?.cells[0]).toEqual({ count: 2, passed: 2 });
  });

  it('puts labels and answers beyond 20 together, and loses none', () => {
    const labels = Array.from({ length: 100 }, (_, index) =>
      result(index, { label: `l${index % 25}`, answer: `a${index % 30}` }),
    );
    const { confusion } = breakdownOf(labels);
    expect(confusion?.rows).toHaveLength(21);
    expect(confusion?.rows.at(-1)?.label).toBeNull();
    expect(confusion?.columns.at(-1)).toEqual({ type: 'other_answers' });
    const counted = confusion?.rows.flatMap(({ cells }) => cells.map(({ count }) => count)) ?? [];
    expect(counted.reduce((total, count) => total + count, 0)).toBe(100);
  });

  it('is none where the expected values are no labels', () => {
    expect(breakdownOf([result(1), result(2)]).confusion).toBeNull();
    expect(breakdownOf([result(1, { label: 'a' }), result(2, { label: 'b' })]).confusion).toBeNull();
    expect(breakdownOf([]).confusion).toBeNull();
  });
});
