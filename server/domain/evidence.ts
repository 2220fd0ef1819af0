import type { HoldoutLook } from './holdout-claim.ts';
import type { RunId } from './ids.ts';
import type { JudgeStanding } from './judge-calibration.ts';
import type { PriceBasis } from './price-basis.ts';
import type { Criterion, CriterionState, Evidence, Gate, JudgedBy, RunEvidence, TagEvidence } from './release.ts';
import type { RateSummary, RunSummary } from './run.ts';
import type { ProjectScope, Scope } from './scope.ts';
import type { Split } from './split.ts';
import { holdoutBound } from './statistics/holdout-look.ts';
import type { Interval } from './statistics/interval.ts';

/** A completed run of a prompt version with a language model. */
export type CompletedRun = {
  runId: RunId;
  evalSet: string;
  evalSetVersion: number;
  createdAt: string;
  summary: RunSummary;
  holdout: HoldoutLook | null;
  judgedBy: JudgedBy;
  judges: readonly JudgeStanding[];
  failures: Partial<Record<Split, NonNullable<RunEvidence['failures']>>>;
  /** Of its holdout cases. */
  tags: readonly TagEvidence[];
  priceBases: readonly PriceBasis[];
};

const splits: readonly Split[] = ['dev', 'holdout'];

/**
 * What the runs of a version with a model, newest first, say against the scope. Of each set version and split the newest counts. Replies from the
 * cache cost nothing and take no time, so where only such counted, the newest run that called the model is put beside them.
 */
export function evidenceOf(runs: readonly CompletedRun[], scope: ProjectScope): Evidence {
  const all = runs.flatMap((run) => splits.flatMap((split) => evidenceOfSplit(run, split)));
  const newest = firstOfEach(all, (run) => `${run.evalSet}@${run.evalSetVersion} ${run.split}`);
  const measured = (run: RunEvidence) => run.latencyP95Ms !== null;
  const chosen = newest.some(measured) ? newest : [...newest, ...all.filter(measured).slice(0, 1)];
  return { runs: chosen, criteria: criteriaOf(chosen, newest, scope) };
}

/** The criteria that the scope asks for and that are not met, whatever the reason. */
export const unmetCriteria = ({ criteria }: Evidence): Criterion[] =>
  criteria.filter(({ state }) => state !== 'met' && state !== 'not_asked');

/** Whether two gates are the same one. */
export const sameGate = (a: Gate, b: Gate): boolean => a.name === b.name && a.tag === b.tag;

function evidenceOfSplit(run: CompletedRun, split: Split): RunEvidence[] {
  const rates = run.summary.bySplit[split];
  if (rates === undefined) return [];
  const { costUsd, done, errors, cached, latencyP95Ms } = run.summary;
  const { runId, evalSet, evalSetVersion, createdAt, judgedBy } = run;
  const calls = done - errors - cached;
  const costUsdPer1000Calls = costUsd === null || calls <= 0 ? null : (costUsd / calls) * 1000;
  const holdout = split === 'holdout' && run.holdout !== null ? { holdout: run.holdout } : {};
  const judges = run.judges.length === 0 ? {} : { judges: run.judges };
  const failures = run.failures[split] === undefined ? {} : { failures: run.failures[split] };
  const tags = split === 'holdout' && run.tags.length > 0 ? { tags: run.tags } : {};
  const about = { runId, evalSet, evalSetVersion, split, rates, judgedBy, ...holdout, ...judges, ...failures, ...tags };
  const priced = costUsdPer1000Calls === null || run.priceBases.length === 0 ? {} : { pricedBy: run.priceBases };
  return [{ ...about, costUsdPer1000Calls, ...priced, latencyP95Ms, createdAt }];
}

function criteriaOf(runs: readonly RunEvidence[], newest: readonly RunEvidence[], scope: ProjectScope): Criterion[] {
  const asked: Pick<Scope, 'targetPassRate' | 'minimumsByTag' | 'maxCostUsdPer1000Calls' | 'maxLatencyP95Ms'> =
    scope ?? {
      targetPassRate: null,
      minimumsByTag: [],
      maxCostUsdPer1000Calls: null,
      maxLatencyP95Ms: null,
    };
  const dearest = runs.toSorted((a, b) => (b.costUsdPer1000Calls ?? -1) - (a.costUsdPer1000Calls ?? -1))[0];
  const latencies = runs.flatMap((run) => run.latencyP95Ms ?? []);
  return [
    passRateCriterion(newest, asked.targetPassRate),
    ...asked.minimumsByTag.map((minimum) => tagCriterion(newest, minimum)),
    {
      ...ceiling(
        'cost',
        runs.flatMap((run) => run.costUsdPer1000Calls ?? []),
        asked.maxCostUsdPer1000Calls,
      ),
      ...(dearest?.pricedBy !== undefined && { pricedBy: dearest.pricedBy }),
    },
    ceiling('latency', latencies, asked.maxLatencyP95Ms),
  ];
}

/**
 * Judged on the holdout cases of each set's newest version that was run, by the bound that holds at this look; with several sets the one with the lowest
 * bound decides.
 */
function passRateCriterion(newest: readonly RunEvidence[], target: number | null): Criterion {
  const judged = onHoldout(newest).flatMap(({ rates, holdout }) => atLook(rates, holdout?.interval ?? null, holdout));
  return { name: 'pass_rate', ...judgedByBound(judged, target) };
}

/** Judged as the pass rate is, on the holdout cases with the tag. */
function tagCriterion(newest: readonly RunEvidence[], { tag, passRate }: { tag: string; passRate: number }): Criterion {
  const judged = onHoldout(newest).flatMap(({ tags = [], holdout }) =>
    tags.filter((rate) => rate.tag === tag).flatMap(({ rates, interval }) => atLook(rates, interval, holdout)),
  );
  return { name: 'tag', tag, ...judgedByBound(judged, passRate) };
}

const onHoldout = (newest: readonly RunEvidence[]): RunEvidence[] =>
  firstOfEach(
    newest.filter(({ split }) => split === 'holdout').sort((a, b) => b.evalSetVersion - a.evalSetVersion),
    (run) => run.evalSet,
  );

type Judged = { observed: number; bound: number; n: number; errors: number };

/** A rate with the lower bound that holds at its look; nothing where none was judged. */
function atLook(
  { passRate: observed, interval: plain, n, errors }: RateSummary,
  interval: Interval | null,
  holdout?: HoldoutLook,
): Judged[] {
  if (observed === null || plain === null) return [];
  return [{ observed, bound: interval?.[0] ?? holdoutBound(observed, plain, holdout?.look ?? 1), n, errors }];
}

function judgedByBound(judged: readonly Judged[], target: number | null): Omit<Criterion, 'name'> {
  const lowest = judged.toSorted((a, b) => a.bound - b.bound)[0];
  if (lowest === undefined) return { state: passRateState(target, null, null), target, observed: null, bound: null };
  return { state: passRateState(target, lowest.observed, lowest.bound), target, ...lowest };
}

function passRateState(target: number | null, observed: number | null, bound: number | null): CriterionState {
  if (target === null) return 'not_asked';
  if (observed === null || bound === null) return 'no_evidence';
  if (bound >= target) return 'met';
  return observed < target ? 'missed' : 'not_provable';
}

/** The highest figure must not lie above the target. */
function ceiling(name: 'cost' | 'latency', figures: readonly number[], target: number | null): Criterion {
  const observed = figures.length === 0 ? null : Math.max(...figures);
  const state =
    target === null ? 'not_asked' : observed === null ? 'no_evidence' : observed <= target ? 'met' : 'missed';
  return { name, state, target, observed, bound: null };
}

function firstOfEach<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (seen.has(key(item))) return false;
    seen.add(key(item));
    return true;
  });
}
