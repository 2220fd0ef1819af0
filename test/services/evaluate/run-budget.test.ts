import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../../server/domain/result.ts';
import { RunBudget } from '../../../server/services/evaluate/run-budget.ts';
import type { FinishedItem } from '../../../server/storage/result-row.ts';

const judgement = (costUsd?: number): Judgement => ({
  outcome: 'passed',
  value: 1,
  scores: [{ scorer: 'rubric:x', value: 1, passed: true, answer: 'pass', explanation: '', costUsd }],
});

const replied = (calls: number, costUsd: number): FinishedItem['result'] => ({
  caseId: 1 as FinishedItem['result']['caseId'],
  repeat: 0,
  type: 'reply',
  reply: {
    output: 'a',
    finishReason: 'stop',
    usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0 },
    costUsd,
    fromCache: calls === 0,
    servedModel: null,
    confidence: null,
    notes: [],
  },
  latencyMs: 1,
  calls,
});

describe('the budget of a run', () => {
  it('lets answers that are kept be judged side by side once it is known what judging costs', () => {
    const budget = new RunBudget(1);
    expect(budget.isFirst({ answered: true })).toBe(true);
    budget.learn({ result: replied(0, 0), judgement: judgement(0.02) });
    expect(budget.isFirst({ answered: true })).toBe(false);
    expect(budget.expected(null)).toBe(0.02);
  });

  it('still asks the first question alone after answers that were kept', () => {
    const budget = new RunBudget(1);
    budget.learn({ result: replied(0, 0), judgement: judgement() });
    expect(budget.isFirst({ answered: false })).toBe(true);
    budget.learn({ result: replied(1, 0.3), judgement: judgement() });
    expect(budget.isFirst({ answered: false })).toBe(false);
    expect(budget.expected(0.1)).toBe(0.3);
  });

  it('holds back what is under way, and gives it back', () => {
    const budget = new RunBudget(1);
    const release = budget.reserve(0.6);
    expect(budget.allows(0.5, 0)).toBe(false);
    release();
    expect(budget.allows(0.5, 0)).toBe(true);
    expect(budget.allows(0.5, 0.6)).toBe(false);
  });

  it('waits for nothing without a cap', () => {
    expect(new RunBudget(null).isFirst({ answered: false })).toBe(false);
  });
});
