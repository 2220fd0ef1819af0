import { describe, expect, it } from 'vitest';
import { cost } from '../../../evals/scorers/cost.ts';
import { finishReason } from '../../../evals/scorers/finish-reason.ts';
import { latency } from '../../../evals/scorers/latency.ts';
import { length } from '../../../evals/scorers/length.ts';
import { tokens } from '../../../evals/scorers/tokens.ts';
import type { PureScorer, ReplyFacts } from '../../../server/domain/scorer.ts';
import { scored } from '../../contracts/scorer-contract.ts';

/** A reply of $0.001, 800 ms and 5 output tokens that stopped by itself, but for what is said. */
const judge = (scorer: PureScorer, args: string, reply: Partial<ReplyFacts> = {}, output = 'Rome 🇮🇹') =>
  scorer.prepare(args)(scored(output, null, { reply: { ...scored('', null).reply, ...reply } })).passed;

describe('limits of a reply', () => {
  it('are kept or not, the limit itself included', () => {
    expect(judge(cost, '0.001')).toBe(true);
    expect(judge(cost, '$0.0009')).toBe(false);
    expect(judge(latency, '800ms')).toBe(true);
    expect(judge(latency, '0.7s')).toBe(false);
    expect(judge(tokens, '<=5')).toBe(true);
    expect(judge(tokens, '<5')).toBe(false);
    expect(judge(tokens, '6-9')).toBe(false);
    expect(judge(finishReason, '')).toBe(true);
    expect(judge(finishReason, '', { finishReason: 'length' })).toBe(false);
    expect(judge(finishReason, 'length', { finishReason: 'length' })).toBe(true);
    expect(judge(length, '6')).toBe(true);
    expect(judge(length, '>=7')).toBe(false);
    expect(judge(length, '3', {}, ' 👨‍👩‍👧好é ')).toBe(true);
    expect(judge(length, '4', {}, 'Rome')).toBe(true);
  });

  it('can not be judged where nothing was measured', () => {
    expect(() => judge(cost, '1', { costUsd: null })).toThrow(expect.objectContaining({ code: 'not_measured' }));
    expect(() => judge(latency, '1s', { latencyMs: null })).toThrow(expect.objectContaining({ code: 'not_measured' }));
  });

  it.each<[PureScorer, string]>([
    [cost, 'cheap'],
    [cost, ''],
    [latency, '2 hours'],
    [length, 'short'],
    [length, '9-2'],
    [tokens, ''],
    [finishReason, 'bored'],
  ])('refuse an argument that says nothing', (scorer, args) => {
    expect(() => scorer.prepare(args)).toThrow(expect.objectContaining({ code: 'scorer_argument_invalid' }));
  });
});
