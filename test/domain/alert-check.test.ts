import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counted } from '../../server/domain/alert.ts';
import { alertState } from '../../server/domain/alert.ts';
import { checkBudget, checkShare, checkSilence, periodOf } from '../../server/domain/alert-check.ts';
import type { ReleaseId } from '../../server/domain/ids.ts';
import { anytimeInterval } from '../../server/domain/statistics/confidence-sequence.ts';
import { wilsonInterval } from '../../server/domain/statistics/wilson-interval.ts';

const release = 3 as ReleaseId;
const counted = (passed: number, n: number, since = '2026-03-01T00:00:00.000Z'): Counted => ({ since, passed, n });
const now = new Date('2026-03-11T12:00:00.000Z');

describe('checkShare', () => {
  const figures = (whole: Counted, more: { window?: Counted; index?: number; raised?: Counted } = {}) => ({
    releaseId: release,
    whole,
    window: { ...(more.window ?? whole), index: more.index ?? 0 },
    raised: more.raised === undefined ? null : { releaseId: release, after: more.raised },
  });

  it('is raised by the upper bound, and not by what may be noise', () => {
    // Wilson's interval of 60 of 80 leaves .85 out: looked at once it would be enough, looked at all the time it is not.
    expect(wilsonInterval(60, 80)[1]).toBeLessThan(0.85);
    expect(checkShare(0.85, figures(counted(60, 80))).verdict).toBe('stay');
    const { verdict, evidence } = checkShare(0.85, figures(counted(300, 400)));
    expect(verdict).toBe('raise');
    expect(evidence).toMatchObject({ kind: 'share', releaseId: release, passed: 300, n: 400, rate: 0.75 });
    expect(evidence.kind === 'share' && evidence.interval[1]).toBeLessThan(0.85);
  });

  it('sees a late change in its window, which all calls together would hide', () => {
    const late = counted(60, 100, '2026-03-08T00:00:00.000Z');
    const { verdict, evidence } = checkShare(0.85, figures(counted(10_000, 10_500), { window: late, index: 4 }));
    expect(verdict).toBe('raise');
    expect(evidence).toMatchObject({ since: late.since, n: 100 });
  });

  it('says nothing of no calls', () => {
    const { verdict, evidence } = checkShare(0.9, figures(counted(0, 0)));
    expect([verdict, evidence]).toMatchObject(['stay', { rate: null, interval: [0, 1] }]);
  });

  it('rests only once later calls are as good as they should be, or another release answers', () => {
    const bad = counted(300, 400);
    const later = (passed: number, n: number) => checkShare(0.85, figures(bad, { raised: counted(passed, n) })).verdict;
    expect(later(19, 19)).toBe('raise');
    expect(later(80, 100)).toBe('raise');
    expect(later(85, 100)).toBe('clear');
    const moved = { ...figures(counted(1, 2)), raised: { releaseId: 2 as ReleaseId, after: counted(0, 0) } };
    expect(checkShare(0.85, moved)).toMatchObject({ verdict: 'clear', evidence: { passed: 1, n: 2 } });
  });

  it('is raised by no better calls where it is not by worse: the upper bound grows with what passed', () => {
    const calls = fc
      .integer({ min: 1, max: 2000 })
      .chain((n) => fc.record({ n: fc.constant(n), passed: fc.integer({ min: 0, max: n - 1 }) }));
    const chance = fc.double({ min: 1e-6, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(calls, chance, ({ n, passed }, part) => {
        expect(anytimeInterval(passed + 1, n, part)[1]).toBeGreaterThanOrEqual(anytimeInterval(passed, n, part)[1]);
      }),
    );
  });
});

describe('a confidence sequence with another chance', () => {
  it('is wider where it may err less', () => {
    expect(anytimeInterval(80, 100)).toEqual(anytimeInterval(80, 100, 0.05));
    const [[lo, hi], [wideLo, wideHi]] = [anytimeInterval(80, 100), anytimeInterval(80, 100, 0.001)];
    expect(wideLo).toBeLessThan(lo);
    expect(wideHi).toBeGreaterThan(hi);
  });
});

describe('checkSilence', () => {
  it.each([
    [null, 'clear'],
    ['2026-03-11T08:00:00.000Z', 'clear'],
    ['2026-03-11T07:59:59.999Z', 'raise'],
  ] as const)('four hours after %s: %s', (lastAt, verdict) => {
    expect(checkSilence(4, lastAt, now).verdict).toBe(verdict);
  });
});

describe('checkBudget', () => {
  const check = (period: 'day' | 'month', spentUsd: number, recentUsd: number) => {
    const spent = { costUsd: spentUsd, calls: 9, priced: 8 };
    return checkBudget({ maxUsd: 100, period }, { spent, recent: { costUsd: recentUsd } }, now);
  };

  it('is raised by what was spent, and by what will be if it goes on', () => {
    // 20.5 days of March are left: 21 USD of the last 7 days make 61.5 more.
    const { verdict, evidence } = check('month', 30, 21);
    expect(evidence).toMatchObject({ since: '2026-03-01T00:00:00.000Z', spentUsd: 30, calls: 9, priced: 8 });
    expect(evidence.kind === 'budget' && evidence.forecastUsd).toBeCloseTo(91.5, 9);
    expect(verdict).toBe('stay');
    expect(check('month', 30, 24).verdict).toBe('raise');
    expect(check('month', 101, 0).verdict).toBe('raise');
    expect(check('month', 30, 20).verdict).toBe('clear');
    // Half of the day is left.
    expect(check('day', 60, 82).verdict).toBe('raise');
    expect(check('day', 60, 50).verdict).toBe('clear');
  });

  it('counts calendar days and months of UTC', () => {
    const text = (period: 'day' | 'month', at: string) =>
      Object.values(periodOf(period, new Date(at))).map((date) => date.toISOString().slice(0, 13));
    expect(text('month', '2024-02-29T23:59:59Z')).toEqual(['2024-02-01T00', '2024-03-01T00']);
    expect(text('month', '2026-12-31T12:00:00Z')).toEqual(['2026-12-01T00', '2027-01-01T00']);
    expect(text('day', '2026-12-31T23:59:59Z')).toEqual(['2026-12-31T00', '2027-01-01T00']);
  });
});

it('an alert goes from firing to acknowledged and rests once it is resolved', () => {
  expect(alertState(null)).toBe('ok');
  expect((['fired', 'acknowledged', 'resolved'] as const).map((kind) => alertState({ kind }))).toEqual([
    ...['firing', 'acknowledged', 'ok'],
  ]);
});
