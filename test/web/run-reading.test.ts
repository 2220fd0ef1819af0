import { describe, expect, it } from 'vitest';
import { formatP } from '../../web/src/components/format.ts';
import { answers, isGainFromFormat } from '../../web/src/pages/runs/baseline.ts';
import { formatShare } from '../../web/src/pages/runs/compare-reading.ts';
import { obstaclesOf } from '../../web/src/pages/runs/run-actions.ts';

describe('a gain from format alone', () => {
  const before = { passed: 27, failed: 111, noAnswer: 98 };

  it('is one where of the answers no larger share passes than before', () => {
    expect(answers(before)).toBe(40);
    expect(isGainFromFormat(before, { passed: 92, failed: 46, noAnswer: 0 })).toBe(true);
  });
  it('is none where the answers themselves got better', () => {
    expect(isGainFromFormat(before, { passed: 100, failed: 38, noAnswer: 0 })).toBe(false);
  });
  it('is none where nothing was gained, or as many have no answer', () => {
    expect(isGainFromFormat(before, before)).toBe(false);
    expect(isGainFromFormat(before, { passed: 20, failed: 118, noAnswer: 0 })).toBe(false);
    expect(isGainFromFormat(before, { passed: 30, failed: 108, noAnswer: 98 })).toBe(false);
  });
});

describe('the share of format in a comparison', () => {
  const share = (fixed: number, broken: number, noAnswer: { fixed: number; broken: number }) =>
    formatShare({ fixed, broken, noAnswer });

  it('is all of a gain where every fixed case had no answer before', () => {
    expect(share(70, 0, { fixed: 70, broken: 0 })).toEqual({ type: 'gain', count: 70, of: 70, alone: true });
    expect(share(73, 0, { fixed: 70, broken: 0 })).toMatchObject({ of: 73, alone: false });
  });
  it('weighs what judgement broke against what it fixed', () => {
    expect(share(10, 2, { fixed: 8, broken: 0 })).toEqual({ type: 'gain', count: 8, of: 10, alone: true });
  });
  it('is the same for a loss', () => {
    expect(share(0, 5, { fixed: 0, broken: 5 })).toEqual({ type: 'loss', count: 5, of: 5, alone: true });
  });
  it('is none where as much was broken as fixed, or every case had an answer', () => {
    expect(share(5, 0, { fixed: 0, broken: 0 })).toEqual({ type: 'none' });
    expect(share(2, 2, { fixed: 2, broken: 0 })).toEqual({ type: 'none' });
  });
});

describe('what can be done with a run', () => {
  const run = { status: 'running', done: 5, total: 10, errors: 1 } as const;

  it('follows from where it stands', () => {
    expect(obstaclesOf(run)).toEqual({ pause: null, resume: 'underWay', cancel: null, retry: 'underWay' });
    expect(obstaclesOf({ ...run, status: 'paused' })).toEqual({
      pause: 'atRest',
      resume: null,
      cancel: null,
      retry: null,
    });
    expect(obstaclesOf({ status: 'completed', done: 10, total: 10, errors: 0 })).toEqual({
      pause: 'complete',
      resume: 'complete',
      cancel: 'complete',
      retry: 'noErrors',
    });
    expect(obstaclesOf({ status: 'failed', done: 10, total: 10, errors: 3 })).toEqual({
      pause: 'atRest',
      resume: 'nothingOpen',
      cancel: 'ended',
      retry: null,
    });
  });
});

it('writes p as the field does', () => {
  expect([0.03515625, 0.0000001, 1, 0.117].map(formatP)).toEqual(['= .035', '< .001', '= 1', '= .117']);
});
