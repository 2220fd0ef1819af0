import { expect, it } from 'vitest';
import type { Run } from '../../web/src/components/use-runs.ts';
import { matches } from '../../web/src/pages/runs/runs-filter.ts';

const rates = { passed: 0, failed: 0, noAnswer: 0, errors: 0, n: 0, passRate: null, interval: null };
const run: Run = {
  ...rates,
  ...{ id: 12, status: 'completed', statusReason: '', project: 'p', prompt: 'sentiment', version: 2, standIn: false },
  ...{
    model: 'openai/a',
    set: 'dinner',
    setVersion: 1,
    split: 'dev',
    scorers: [],
    parameters: {},
    note: 'Shorter one',
  },
  ...{
    codeVersion: '',
    servedModel: null,
    createdAt: '',
    startedAt: null,
    endedAt: null,
    tags: ['keep'],
    archivedAt: null,
  },
  ...{ total: 0, done: 0, inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costUsd: 0, cached: 0, wallMs: 0 },
  ...{ judgingCostUsd: 0, judges: [], holdout: null },
  ...{ latencyP50Ms: null, latencyP95Ms: null, bySplit: {} },
  settings: {
    ...{ split: 'dev', repeats: 1, concurrency: 1, useCache: true, maxCostUsd: null, threshold: null, timeoutMs: 1 },
    maxErrors: { type: 'count', value: 0 },
    ...{ judgeModel: null, embeddingModel: null, stopAtRate: null },
  },
};

it('narrows runs by each choice and by every word that is looked for', () => {
  expect(matches(run, {})).toBe(true);
  expect(matches(run, { prompt: 'sentiment', model: 'openai/a', set: 'dinner', split: 'dev', tag: 'keep' })).toBe(true);
  expect(matches(run, { status: 'failed' })).toBe(false);
  expect(matches(run, { tag: 'other' })).toBe(false);
  expect(matches(run, { search: 'SHORTER #12 keep' })).toBe(true);
  expect(matches(run, { search: 'shorter absent' })).toBe(false);
});

it('leaves archived runs out unless these are asked for', () => {
  const archived = { ...run, archivedAt: '2026-11-24T10:00:00Z' };
  expect([matches(archived, {}), matches(archived, { archived: true }), matches(run, { archived: true })]).toEqual([
    false,
    true,
    false,
  ]);
});
