import { describe, expect, test } from 'vitest';
import { type RunEnd, runExitCode } from '../../server/cli/exit-code.ts';

const end: RunEnd = {
  status: 'completed',
  errors: 0,
  total: 100,
  passRate: 0.8,
  maxErrors: { type: 'rate', value: 0.05 },
};
const noGates = { failUnder: null, verdict: null };

describe('what a run that rests means for the caller', () => {
  test('without gates a complete run is done', () => expect(runExitCode(end, noGates)).toBe(0));

  test('the pass rate must reach --fail-under; equal is enough', () => {
    expect(runExitCode(end, { ...noGates, failUnder: 0.8 })).toBe(0);
    expect(runExitCode(end, { ...noGates, failUnder: 0.81 })).toBe(1);
    expect(runExitCode({ ...end, passRate: null }, { ...noGates, failUnder: 0 })).toBe(1);
  });

  test('only the verdict "worse" fails against the baseline', () => {
    expect(runExitCode(end, { ...noGates, verdict: 'better' })).toBe(0);
    expect(runExitCode(end, { ...noGates, verdict: "can't tell" })).toBe(0);
    expect(runExitCode(end, { ...noGates, verdict: 'worse' })).toBe(1);
  });

  test('errors may reach the limit, not pass it', () => {
    expect(runExitCode({ ...end, errors: 5 }, noGates)).toBe(0);
    expect(runExitCode({ ...end, errors: 6 }, noGates)).toBe(3);
    expect(runExitCode({ ...end, errors: 1, maxErrors: { type: 'count', value: 1 } }, noGates)).toBe(0);
    expect(runExitCode({ ...end, errors: 1, maxErrors: { type: 'count', value: 0 } }, noGates)).toBe(3);
  });

  test('too many errors go before a failed gate', () =>
    expect(runExitCode({ ...end, errors: 50 }, { failUnder: 0.9, verdict: 'worse' })).toBe(3));

  test('a run that failed on the way is never done', () =>
    expect(runExitCode({ ...end, status: 'failed' }, noGates)).toBe(3));

  test.each(['paused', 'cancelled', 'interrupted'])('a %s run has not held its gates', (status) =>
    expect(runExitCode({ ...end, status }, noGates)).toBe(1),
  );
});
