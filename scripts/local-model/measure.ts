import { caseLabel } from '../../server/domain/evaluation-set.ts';
import type { RunId } from '../../server/domain/ids.ts';
import { canonicalJson } from '../../server/domain/json.ts';
import type { Project } from '../../server/domain/project.ts';
import { type CaseCounts, rateSummary } from '../../server/domain/rate-summary.ts';
import type { RateSummary } from '../../server/domain/run.ts';
import type { Split } from '../../server/domain/split.ts';
import { compareRunPair, type RunComparison } from '../../server/services/evaluate/compare-runs.ts';
import { importCases } from '../../server/services/evaluate/import-set.ts';
import { type RunOverview, runOverview } from '../../server/services/evaluate/run-overview.ts';
import { createRun } from '../../server/services/evaluate/start-run.ts';
import { type BaselineReport, baselineReport } from '../../server/services/evaluate/trained-baseline.ts';
import { createPrompt } from '../../server/services/prototype/create-prompt.ts';
import { saveVersion } from '../../server/services/prototype/save-version.ts';
import { createProject } from '../../server/services/scope/create-project.ts';
import type { Workbench } from '../../server/services/workbench.ts';
import type { Task } from './tasks.ts';

export type Measurement = { run: RunOverview; split: Split; byTag: ReadonlyMap<string, RateSummary> };
export type Measured = {
  task: Task;
  /** Cases of each side. */
  sizes: Record<Split, number>;
  /** What answering the same to every dev case reaches. */
  constant: { answer: string; rate: RateSummary };
  runs: readonly Measurement[];
  /** Pairs of runs on the same side, the earlier one or the first model's as the baseline. */
  steps: readonly { comparison: RunComparison; split: Split }[];
  models: readonly { comparison: RunComparison; split: Split; chosen: boolean }[];
  /** What a classifier reaches that learnt the dev labels; null where the answers are no labels. */
  classifier: BaselineReport | null;
};

type Options = { models: readonly string[]; say: (text: string) => void };

/** Runs a task's versions on each model in a project of its own, and compares the runs. */
export async function measureTask(workbench: Workbench, task: Task, { models, say }: Options): Promise<Measured> {
  const project = await createProject(workbench, task.name);
  const { cases, holdoutShare, name, versions } = task;
  const author = 'Whetstone';
  const about = { name, notes: '', holdoutShare };
  const { dev, holdout } = await importCases(workbench, project, about, cases, { fileName: name, author });
  await createPrompt(workbench, project, name);
  for (const [index, { content, note }] of versions.entries())
    await saveVersion(workbench, project, name, { content, note, author, parent: index === 0 ? null : index });

  const runs: Measurement[] = [];
  for (const model of models) {
    const measure = async (version: number, split: Split) => {
      const measurement = await execute(workbench, project, { prompt: name, set: name, version, model, split });
      const { passRate, n, wallMs } = measurement.run;
      say(`${name}, ${model}, version ${version}, ${split}: ${passRate} of ${n} in ${Math.round(wallMs)} ms`);
      runs.push(measurement);
    };
    for (const [index] of versions.entries()) await measure(index + 1, 'dev');
    for (const version of onHoldout(
      task,
      runs.filter(({ run }) => run.model === model),
    ))
      if (holdout > 0) await measure(version, 'holdout');
  }
  const hasLabels = cases.every(({ expected }) => caseLabel(expected) !== null);
  return {
    task,
    sizes: { dev, holdout },
    constant: await constantAnswer(workbench, runs),
    runs,
    steps: task.kind === 'steps' ? await compareSteps(workbench, runs) : [],
    models: await compareModels(workbench, task, runs, models),
    classifier: hasLabels ? await baselineReport(workbench, project, { set: name }) : null,
  };
}

/** The versions that the sample names; of wordings the best of this model on dev, the earlier one where two are equal. */
function onHoldout({ kind, versions }: Task, runs: readonly Measurement[]): number[] {
  if (kind === 'steps') return versions.flatMap(({ holdout }, index) => (holdout ? [index + 1] : []));
  return [bestOf(runs)?.run.version ?? 1];
}

export const bestOf = (runs: readonly Measurement[]): Measurement | undefined =>
  runs
    .filter(({ split }) => split === 'dev')
    .reduce<Measurement | undefined>(
      (best, one) => (best === undefined || (one.run.passRate ?? 0) > (best.run.passRate ?? 0) ? one : best),
      undefined,
    );

async function execute(
  workbench: Workbench,
  project: Project,
  request: { prompt: string; set: string; version: number; model: string; split: Split },
): Promise<Measurement> {
  // Errors are part of what is reported, so none ends a run.
  const { id } = await createRun(workbench, project, { ...request, maxErrors: { type: 'rate', value: 1 } });
  const { finished } = await workbench.runner.start(id);
  const ended = await finished;
  if (ended.status !== 'completed')
    throw new Error(`The run of ${request.model} is ${ended.status}: ${ended.statusReason}`);
  return { run: await runOverview(workbench, ended), split: request.split, byTag: await ratesByTag(workbench, id) };
}

async function ratesByTag({ stores }: Workbench, run: RunId): Promise<Map<string, RateSummary>> {
  const counts = new Map<string, CaseCounts[]>();
  for (const { case: item, judgement } of await stores.results.page(run, {})) {
    const outcome = judgement?.outcome ?? 'error';
    const noAnswer = Number(outcome === 'no_answer');
    const failed = Number(outcome === 'failed') + noAnswer;
    const one = { passed: Number(outcome === 'passed'), failed, noAnswer, errors: Number(outcome === 'error') };
    for (const tag of item.tags) counts.set(tag, [...(counts.get(tag) ?? []), one]);
  }
  return new Map([...counts].map(([tag, ofTag]) => [tag, rateSummary(ofTag)]));
}

async function constantAnswer({ stores }: Workbench, runs: readonly Measurement[]): Promise<Measured['constant']> {
  const [first] = runs;
  const results = first === undefined ? [] : await stores.results.page(first.run.id, {});
  const counts = [...Map.groupBy(results, (result) => canonicalJson(result.case.expected))];
  const [answer, most] = counts.sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  const cases = results.map((_, index) => {
    const passed = Number(index < most.length);
    return { passed, failed: 1 - passed, noAnswer: 0, errors: 0 };
  });
  return { answer, rate: rateSummary(cases) };
}

/** Each version against the one before it, and the newest against version 2, which names the labels and gives no example. */
async function compareSteps(workbench: Workbench, runs: readonly Measurement[]): Promise<Measured['steps'][number][]> {
  const steps: Measured['steps'][number][] = [];
  for (const ofModel of Map.groupBy(runs, ({ run, split }) => `${run.model} ${split}`).values()) {
    const newest = ofModel.at(-1);
    for (const [index, after] of ofModel.entries()) {
      const { split } = after;
      const earlier = ofModel[index - 1];
      const second = after === newest ? ofModel.find(({ run }) => run.version === 2) : undefined;
      for (const before of new Set([earlier, second])) {
        if (before === undefined || before === after) continue;
        steps.push({ split, comparison: await compareRunPair(workbench, before.run.id, after.run.id, split) });
      }
    }
  }
  return steps;
}

/** Each other model against the first: by the newest version, and by the best of each on dev where that is another one. */
async function compareModels(
  workbench: Workbench,
  { kind }: Task,
  runs: readonly Measurement[],
  [first, ...others]: readonly string[],
): Promise<Measured['models'][number][]> {
  const models: Measured['models'][number][] = [];
  for (const model of others) {
    for (const split of ['dev', 'holdout'] as const) {
      const [a, b] = [first, model].map((name) => runs.filter(({ run }) => run.model === name));
      const newest = [a, b].map((side) => side?.filter((one) => one.split === split).at(-1));
      const best = [a, b].map((side) => {
        const version = bestOf(side ?? [])?.run.version;
        return side?.find((one) => one.split === split && one.run.version === version);
      });
      for (const [chosen, [before, after]] of [
        [false, newest],
        [true, best],
      ] as const) {
        if (before === undefined || after === undefined) continue;
        const same = newest[0] === before && newest[1] === after;
        if (kind === 'steps' ? chosen && same : !chosen) continue;
        const comparison = await compareRunPair(workbench, before.run.id, after.run.id, split);
        models.push({ chosen, split, comparison });
      }
    }
  }
  return models;
}
