import type { Project } from '../../domain/project.ts';
import { type CaseCounts, rateSummary } from '../../domain/rate-summary.ts';
import type { Judgement } from '../../domain/result.ts';
import type { RateSummary } from '../../domain/run.ts';
import type { Interval } from '../../domain/statistics/interval.ts';
import type { Workbench } from '../workbench.ts';
import { auditedRuns, type JudgedAnswer, judgedAnswers } from './audited-runs.ts';
import type { AuditedRun } from './label-audit.ts';
import { expectedByLabel, findNewest } from './label-decisions.ts';
import type { RunOverview } from './run-overview.ts';

type Rate = { passRate: number; interval: Interval };
/** What the pass rate of a run is once its answers are held against other labels. */
export type LabelEffect = AuditedRun & {
  n: number;
  /** As it was judged. */
  before: Rate;
  /** By the labels of today, and those that are thought of. */
  after: Rate;
  /** Cases of the run whose label is another one. */
  relabelled: number;
};

/**
 * What other labels make of past runs: those of today, and those that a person thinks of giving. Nothing is stored, and no model is asked.
 * Throws `eval_set_missing`, `case_missing`.
 */
export async function labelEffect(
  workbench: Workbench,
  project: Project,
  name: string,
  decisions: readonly { key: string; label: string }[],
): Promise<LabelEffect[]> {
  const { set, version, cases } = await findNewest(workbench, project, name);
  const given = expectedByLabel(cases, decisions);
  const keys = [...given.keys()];
  const effects: LabelEffect[] = [];
  for (const run of await auditedRuns(workbench, project, set)) {
    // A run on the newest version was judged by the labels of today.
    const isNewest = run.setVersion === version.number;
    const changed = isNewest ? [] : await judgedAnswers(workbench, run, version, 'changed', given);
    const thought = await judgedAnswers(workbench, run, version, { keys }, given);
    const answers = [...changed.filter(({ key }) => !given.has(key)), ...thought];
    const { id, prompt, version: number, model, standIn, split, n } = run;
    const [before, after] = [rateOf(run), rateOf(await rateAfter(workbench, run, answers))];
    if (before === null || after === null) continue;
    const relabelled = new Set(answers.map(({ key }) => key)).size;
    effects.push({ run: id, prompt, version: number, model, standIn, split, n, before, after, relabelled });
  }
  return effects;
}

const rateOf = ({ passRate, interval }: RateSummary): Rate | null =>
  passRate === null || interval === null ? null : { passRate, interval };

/** The rate of a run with some of its answers judged otherwise. */
async function rateAfter(
  workbench: Workbench,
  run: RunOverview,
  answers: readonly JudgedAnswer[],
): Promise<RateSummary> {
  if (run.settings.repeats > 1) {
    const judged = Map.groupBy(answers, ({ key }) => key);
    const stored = Map.groupBy(await workbench.stores.results.page(run.id), (result) => result.case.key);
    const outcomes = [...stored].map(
      ([key, repeats]) =>
        judged.get(key)?.map(({ now }) => now) ?? repeats.map(({ judgement }) => outcomeOf(judgement)),
    );
    return rateSummary(outcomes.map(countsOf));
  }
  // One result a case: how many passed and failed says all.
  const change = (name: 'passed' | 'failed') =>
    answers.reduce((sum, { outcome, now }) => sum + countsOf([now])[name] - countsOf([outcome])[name], 0);
  const passed = Array.from({ length: run.passed + change('passed') }, () => countsOf(['passed']));
  const failed = Array.from({ length: run.failed + change('failed') }, () => countsOf(['failed']));
  return rateSummary([...passed, ...failed]);
}

/** Null where there is no usable reply or no verdict. */
const outcomeOf = (judgement: Judgement | null): JudgedAnswer['now'] =>
  judgement === null || judgement.outcome === 'error' ? null : judgement.outcome;

function countsOf(outcomes: readonly JudgedAnswer['now'][]): CaseCounts {
  const count = (of: (outcome: JudgedAnswer['now']) => boolean) => outcomes.filter(of).length;
  return {
    passed: count((outcome) => outcome === 'passed'),
    failed: count((outcome) => outcome === 'failed' || outcome === 'no_answer'),
    noAnswer: count((outcome) => outcome === 'no_answer'),
    errors: count((outcome) => outcome === null),
  };
}
