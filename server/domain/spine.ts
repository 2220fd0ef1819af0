import type { Interval } from './statistics/interval.ts';

/** A pass rate that a stage can stand on. */
export type RateFact = { passRate: number; interval: Interval; noAnswer: number; n: number; standIn: boolean };

/** What is known about a project, counted by the stores. */
export type SpineFacts = {
  scopeWritten: boolean;
  target: number | null;
  prompts: number;
  versions: number;
  cases: { dev: number; holdout: number };
  runs: { completed: number; running: number };
  /** The best completed run on dev: of a language model where there is one, else of the stand-in. */
  bestDev: RateFact | null;
  /** The newest version's completed run on holdout, chosen in the same way. */
  holdout: RateFact | null;
  /** Results of the newest completed run that did not pass. */
  failures: { withoutNote: number; withCategory: number };
  releases: number;
  /** The oldest request for a release that nobody decided yet. */
  openRequest: number | null;
  /** What the label `production` points to. */
  production: { release: number; version: number } | null;
  observations: number;
  /** Observations with a thumbs-down that no case was made of. */
  thumbsDownOpen: number;
};

type Saying = { code: string; values: Record<string, string | number> };
export type StageName = 'scope' | 'prototype' | 'evaluate' | 'improve' | 'deploy';
type StageState = 'open' | 'started' | 'done' | 'attention';
type Stage = { stage: StageName; state: StageState; evidence: Saying };
type SpinePage = 'scope' | 'start' | 'prompts' | 'sets' | 'runs' | 'improve' | 'releases' | 'monitor';
export type Spine = { stages: Stage[]; next: { step: Saying; page: SpinePage } };

type Standing = Omit<Stage, 'stage'>;

/** Where a project stands in its five stages, on what evidence, and the next useful step. It says only what the facts show. */
export function spineOf(facts: SpineFacts): Spine {
  return {
    stages: [
      { stage: 'scope', ...scope(facts) },
      { stage: 'prototype', ...prototype(facts) },
      { stage: 'evaluate', ...evaluate(facts) },
      { stage: 'improve', ...improve(facts) },
      { stage: 'deploy', ...deploy(facts) },
    ],
    next: nextStep(facts),
  };
}

const standing = (state: StageState, code: string, values: Saying['values'] = {}): Standing => ({
  state,
  evidence: { code, values },
});

const rateValues = ({ passRate, interval: [lo, hi], n }: RateFact) => ({ rate: passRate, lo, hi, n });

function scope({ scopeWritten, target }: SpineFacts): Standing {
  if (!scopeWritten) return standing('open', 'no_scope');
  return target === null
    ? standing('started', 'scope_without_target')
    : standing('done', 'scope_with_target', { target });
}

function prototype({ prompts, versions, runs }: SpineFacts): Standing {
  if (versions === 0)
    return prompts === 0 ? standing('open', 'no_version') : standing('started', 'prompt_without_version');
  return standing(runs.completed > 0 ? 'done' : 'started', 'versions', { count: versions });
}

function evaluate({ cases, runs, bestDev }: SpineFacts): Standing {
  if (runs.completed > 0 && bestDev === null) return standing('started', 'nothing_judged');
  if (bestDev?.standIn) return standing('started', 'only_stand_in', { count: runs.completed });
  if (bestDev) return standing('done', 'best_dev', rateValues(bestDev));
  if (runs.running > 0) return standing('started', 'running', { count: runs.running });
  if (cases.dev + cases.holdout > 0) return standing('started', 'cases_without_run', cases);
  return standing('open', 'no_case');
}

function improve({ target, bestDev, failures, thumbsDownOpen }: SpineFacts): Standing {
  if (thumbsDownOpen > 0) return standing('attention', 'thumbs_down', { count: thumbsDownOpen });
  if (bestDev && !bestDev.standIn && target !== null && bestDev.passRate >= target) {
    return standing('done', 'target_on_dev', { rate: bestDev.passRate, n: bestDev.n });
  }
  if (failures.withoutNote > 0) {
    return standing(failures.withCategory > 0 ? 'started' : 'open', 'failures_unread', { count: failures.withoutNote });
  }
  if (failures.withCategory > 0) return standing('started', 'failures_sorted', { count: failures.withCategory });
  return bestDev && !bestDev.standIn && target !== null
    ? standing('started', 'below_target', { rate: bestDev.passRate, target })
    : standing('open', 'nothing_to_read');
}

function deploy({ releases, production, observations, holdout }: SpineFacts): Standing {
  if (production && observations > 0) return standing('done', 'production', { ...production, count: observations });
  if (production) return standing('started', 'production_silent', production);
  if (releases > 0) return standing('started', 'release_without_production', { count: releases });
  if (holdout && !holdout.standIn) return standing('started', 'holdout', rateValues(holdout));
  return standing('open', 'no_release');
}

type Next = Spine['next'];
const step = (code: string, page: SpinePage, values: Saying['values'] = {}): Next => ({ step: { code, values }, page });

/** The first thing that is missing, in the order in which the stages build on one another. */
function nextStep(facts: SpineFacts): Next {
  return (
    untilFirstRun(facts) ??
    untilDecided(facts) ??
    untilTarget(facts) ??
    untilProduction(facts) ??
    step('watch', 'monitor')
  );
}

function untilFirstRun({ scopeWritten, versions, cases, runs }: SpineFacts): Next | undefined {
  if (!scopeWritten) return step('write_scope', 'scope');
  if (versions === 0) return step('write_prompt', 'start');
  if (cases.dev + cases.holdout === 0) return step('first_cases', 'start');
  if (runs.completed > 0) return undefined;
  return runs.running > 0 ? step('watch_run', 'runs') : step('first_run', 'runs');
}

/** Somebody waits for it. */
const untilDecided = ({ openRequest }: SpineFacts): Next | undefined =>
  openRequest === null ? undefined : step('decide_request', 'releases', { request: openRequest });

function untilTarget({ thumbsDownOpen, bestDev, target, failures }: SpineFacts): Next | undefined {
  if (thumbsDownOpen > 0) return step('take_observations', 'monitor', { count: thumbsDownOpen });
  if (bestDev === null || bestDev.standIn) return step('run_model', 'runs');
  if (target === null) return step('set_target', 'scope');
  if (bestDev.passRate >= target) return undefined;
  return failures.withoutNote > 0
    ? step('read_failures', 'improve', { count: failures.withoutNote })
    : step('new_version', 'prompts');
}

function untilProduction({ cases, holdout, target, releases, production, observations }: SpineFacts): Next | undefined {
  if (releases === 0) {
    if (cases.holdout === 0) return step('make_holdout', 'sets');
    if (holdout === null || holdout.standIn) return step('run_holdout', 'runs');
    if (target !== null && holdout.passRate < target) return step('improve_on_dev', 'improve');
    return step('approve', 'releases');
  }
  if (production === null) return step('set_production', 'releases');
  return observations === 0 ? step('report_calls', 'monitor') : undefined;
}
