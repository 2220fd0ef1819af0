import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompletedRun, evidenceOf, unmetCriteria } from '../../server/domain/evidence.ts';
import { holdoutLook } from '../../server/domain/holdout-claim.ts';
import type { RunId } from '../../server/domain/ids.ts';
import { calibrationOf, standingOf } from '../../server/domain/judge-calibration.ts';
import { rateSummary } from '../../server/domain/rate-summary.ts';
import type { RateSummary, RunSummary } from '../../server/domain/run.ts';
import { emptyScope, type Scope } from '../../server/domain/scope.ts';
import { holdoutInterval } from '../../server/domain/statistics/holdout-look.ts';

const rates = (passed: number, failed: number, errors = 0): RateSummary => ({
  ...rateSummary(
    Array.from({ length: passed + failed }, (_, index) => ({
      passed: index < passed ? 1 : 0,
      failed: index < passed ? 0 : 1,
      noAnswer: 0,
      errors: 0,
    })),
  ),
  errors,
});

function summary(bySplit: RunSummary['bySplit'], measured: Partial<RunSummary> = {}): RunSummary {
  const all = Object.values(bySplit);
  const sum = (count: (rate: RateSummary) => number) => all.reduce((total, rate) => total + count(rate), 0);
  const [passed, failed, errors] = [sum((r) => r.passed), sum((r) => r.failed), sum((r) => r.errors)];
  return {
    ...rates(passed, failed, errors),
    total: passed + failed + errors,
    done: passed + failed + errors,
    inputTokens: 0,
    judgingCostUsd: 0,
    judgeCounts: [],
    outputTokens: 0,
    cachedInputTokens: 0,
    costUsd: 0.1,
    cached: 0,
    wallMs: 1000,
    latencyP50Ms: 200,
    latencyP95Ms: 800,
    bySplit,
    ...measured,
  };
}

const run = (id: number, about: Partial<CompletedRun>): CompletedRun => ({
  runId: id as RunId,
  evalSet: 'reviews',
  evalSetVersion: 1,
  createdAt: '2026-11-24T08:00:00.000Z',
  summary: summary({ holdout: rates(45, 5) }),
  holdout: null,
  judgedBy: { scorers: ['label'], threshold: null, casesWithOwn: 0 },
  judges: [],
  failures: {},
  tags: [],
  priceBases: [],
  ...about,
});

const scope = (asked: Partial<Scope>): Scope => ({ ...emptyScope, dataMayLeave: true, ...asked });

const criterion = (runs: CompletedRun[], asked: Partial<Scope>, name: string) =>
  evidenceOf(runs, scope(asked)).criteria.find((one) => one.name === name);

describe('evidenceOf', () => {
  it('takes the newest run of each set version and split', () => {
    const runs = [
      run(5, { summary: summary({ holdout: rates(40, 10) }) }),
      run(4, { evalSetVersion: 2, summary: summary({ dev: rates(80, 20), holdout: rates(30, 20) }) }),
      run(3, { summary: summary({ dev: rates(90, 10), holdout: rates(50, 0) }) }),
    ];
    const shown = evidenceOf(runs, null).runs.map(({ runId, evalSetVersion, split }) => [runId, evalSetVersion, split]);
    expect(shown).toEqual([
      [5, 1, 'holdout'],
      [4, 2, 'dev'],
      [4, 2, 'holdout'],
      [3, 1, 'dev'],
    ]);
  });

  it('asks for nothing without a scope', () => {
    const evidence = evidenceOf([run(1, {})], null);
    expect(evidence.criteria.map(({ state }) => state)).toEqual(['not_asked', 'not_asked', 'not_asked']);
    expect(unmetCriteria(evidence)).toEqual([]);
  });

  it('has no evidence for anything without runs', () => {
    const asked = { targetPassRate: 0.8, maxCostUsdPer1000Calls: 1, maxLatencyP95Ms: 1000 };
    const evidence = evidenceOf([], scope(asked));
    expect(evidence.criteria.map(({ state }) => state)).toEqual(['no_evidence', 'no_evidence', 'no_evidence']);
    expect(unmetCriteria(evidence)).toHaveLength(3);
  });
});

describe('the pass rate criterion', () => {
  // Wilson's interval of 80/100 is [.711171, .866633].
  const eighty = [run(1, { summary: summary({ holdout: rates(80, 20) }) })];

  it.each([
    [0.71, 'met'],
    [0.72, 'not_provable'],
    [0.8, 'not_provable'],
    [0.81, 'missed'],
  ])('with 80 of 100 passed and %d asked is %s', (targetPassRate, state) => {
    expect(criterion(eighty, { targetPassRate }, 'pass_rate')).toMatchObject({ state, observed: 0.8 });
  });

  it('is held against the bound of the look at the holdout cases that it was', () => {
    const at = (look: number) =>
      eighty.map((one) => ({ ...one, holdout: holdoutLook(look, one.summary, { repeats: 1, stopAtRate: null }) }));
    expect(criterion(at(1), { targetPassRate: 0.71 }, 'pass_rate')).toMatchObject({ state: 'met' });
    const third = criterion(at(3), { targetPassRate: 0.71 }, 'pass_rate');
    expect(third).toMatchObject({ state: 'not_provable', observed: 0.8 });
    expect(third?.bound).toBe(holdoutInterval({ passed: 80, n: 100, look: 3 }).interval[0]);
    expect(evidenceOf(at(3), null).runs[0]?.holdout).toMatchObject({ look: 3, confidence: 1 - 0.05 / 6 });
  });

  it.each([
    { repeats: 3, stopAtRate: null },
    { repeats: 1, stopAtRate: 0.7 },
  ])('takes no way round that bound by %o', (settings) => {
    const at = (look: number) => eighty.map((one) => ({ ...one, holdout: holdoutLook(look, one.summary, settings) }));
    expect(criterion(at(1), { targetPassRate: 0.71 }, 'pass_rate')?.bound).toBeCloseTo(0.711171, 6);
    expect(criterion(at(3), { targetPassRate: 0.71 }, 'pass_rate')).toMatchObject({ state: 'not_provable' });
  });

  it('states the lower bound', () => {
    expect(criterion(eighty, { targetPassRate: 0.8 }, 'pass_rate')?.bound).toBeCloseTo(0.711171, 6);
  });

  it('looks at holdout alone', () => {
    const onlyDev = [run(1, { summary: summary({ dev: rates(100, 0) }) })];
    expect(criterion(onlyDev, { targetPassRate: 0.5 }, 'pass_rate')?.state).toBe('no_evidence');
  });

  it('looks at the newest version of a set, even where an older one was run later', () => {
    const runs = [
      run(2, { evalSetVersion: 1, summary: summary({ holdout: rates(100, 0) }) }),
      run(1, { evalSetVersion: 2, summary: summary({ holdout: rates(50, 50) }) }),
    ];
    expect(criterion(runs, { targetPassRate: 0.9 }, 'pass_rate')).toMatchObject({ state: 'missed', observed: 0.5 });
  });

  it('lets the set with the lowest bound decide', () => {
    const runs = [
      run(2, { evalSet: 'easy', summary: summary({ holdout: rates(100, 0) }) }),
      run(1, { evalSet: 'hard', summary: summary({ holdout: rates(60, 40) }) }),
    ];
    expect(criterion(runs, { targetPassRate: 0.9 }, 'pass_rate')).toMatchObject({ state: 'missed', observed: 0.6 });
  });

  it('is met only where the bound reaches the target, and missed only where the rate is below it', () => {
    const counts = fc.tuple(fc.nat(200), fc.nat(200), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(counts, ([passed, failed, targetPassRate]) => {
        fc.pre(passed + failed > 0);
        const found = criterion(
          [run(1, { summary: summary({ holdout: rates(passed, failed) }) })],
          { targetPassRate },
          'pass_rate',
        );
        expect(found?.state === 'met').toBe((found?.bound ?? 0) >= targetPassRate);
        if (found?.state === 'missed') expect(found.observed).toBeLessThan(targetPassRate);
        if (found?.state === 'not_provable') expect(found.observed).toBeGreaterThanOrEqual(targetPassRate);
      }),
    );
  });
});

describe('the cost and latency criteria', () => {
  it('count calls to the model: neither errors nor replies from the cache', () => {
    const measured = { costUsd: 0.04, done: 100, errors: 10, cached: 50 };
    const runs = [run(1, { summary: { ...summary({ dev: rates(90, 0, 10) }), ...measured } })];
    expect(criterion(runs, { maxCostUsdPer1000Calls: 1 }, 'cost')).toMatchObject({ state: 'met', observed: 1 });
    expect(criterion(runs, { maxCostUsdPer1000Calls: 0.99 }, 'cost')?.state).toBe('missed');
  });

  it('take the slowest of the runs that count', () => {
    const runs = [
      run(2, { summary: summary({ dev: rates(9, 1) }, { latencyP95Ms: 700 }) }),
      run(1, { summary: summary({ holdout: rates(9, 1) }, { latencyP95Ms: 900 }) }),
    ];
    expect(criterion(runs, { maxLatencyP95Ms: 800 }, 'latency')).toMatchObject({ state: 'missed', observed: 900 });
  });

  it('fall back on the newest run that called the model where the newer ones came from the cache', () => {
    const fromCache = { cached: 50, costUsd: 0, latencyP50Ms: null, latencyP95Ms: null };
    const runs = [
      run(3, { summary: summary({ holdout: rates(45, 5) }, fromCache) }),
      run(2, { summary: summary({ holdout: rates(44, 6) }, { latencyP95Ms: 500, costUsd: 0.2 }) }),
      run(1, { summary: summary({ holdout: rates(10, 40) }, { latencyP95Ms: 100 }) }),
    ];
    const asked = { targetPassRate: 0.7, maxLatencyP95Ms: 600, maxCostUsdPer1000Calls: 5 };
    const { runs: shown, criteria } = evidenceOf(runs, scope(asked));
    expect(shown.map(({ runId }) => runId)).toEqual([3, 2]);
    expect(criteria).toMatchObject([
      { state: 'met', observed: 0.9 },
      { state: 'met', observed: 4 },
      { state: 'met', observed: 500 },
    ]);
  });

  it('say nothing of a model without a price', () => {
    const runs = [run(1, { summary: summary({ dev: rates(9, 1) }, { costUsd: null }) })];
    expect(criterion(runs, { maxCostUsdPer1000Calls: 1 }, 'cost')?.state).toBe('no_evidence');
  });
});

it('says what was known of the judge models that a rate rests on, and nothing where none judged', () => {
  const judge = standingOf({ scorer: 'rubric:kind', judge: 'a1b2c3d4e5f60718', passed: 45, n: 50 }, calibrationOf([]));
  const { runs } = evidenceOf([run(2, { judges: [judge] }), run(1, { evalSet: 'other' })], scope({}));
  expect(runs.map(({ judges }) => judges)).toEqual([[judge], undefined]);
});

describe('a minimum for the cases with a tag', () => {
  const tagged = (passed: number, failed: number, look: number) =>
    run(1, {
      holdout: { look, confidence: 0.95, interval: null },
      tags: [{ tag: 'irony', rates: rates(passed, failed), interval: null }],
    });
  const irony = (runs: CompletedRun[], passRate: number) =>
    evidenceOf(runs, scope({ minimumsByTag: [{ tag: 'irony', passRate }] })).criteria.find(
      ({ tag }) => tag === 'irony',
    );

  it('is held against the lower bound at the look that the run was', () => {
    expect(irony([tagged(45, 5, 1)], 0.7)).toMatchObject({ name: 'tag', state: 'met', observed: 0.9 });
    expect(irony([tagged(45, 5, 9)], 0.7)?.state).toBe('not_provable');
    expect(irony([tagged(30, 20, 1)], 0.7)?.state).toBe('missed');
  });

  it('has no evidence where no holdout case has the tag', () => {
    expect(irony([run(1, {})], 0.7)).toEqual({
      name: 'tag',
      tag: 'irony',
      state: 'no_evidence',
      target: 0.7,
      observed: null,
      bound: null,
    });
  });
});
