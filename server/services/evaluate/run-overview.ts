import { type HoldoutLook, holdoutLook } from '../../domain/holdout-claim.ts';
import type { RunId } from '../../domain/ids.ts';
import type { JudgeStanding } from '../../domain/judge-calibration.ts';
import type { Project } from '../../domain/project.ts';
import type { Run, RunSummary, SplitChoice } from '../../domain/run.ts';
import type { RunSearch } from '../../domain/run-filter.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import type { Workbench } from '../workbench.ts';
import { judgeStandings } from './judge-standing.ts';

/** A run with the names of what it ran and its counts: what lists and pages show. */
export type RunOverview = Omit<Run, 'projectId' | 'promptVersionId' | 'evalSetVersionId' | 'scorers'> &
  Omit<RunSummary, 'judgeCounts'> & {
    project: string;
    prompt: string;
    version: number;
    set: string;
    setVersion: number;
    split: SplitChoice;
    /** As typed on the command line. */
    scorers: string[];
    /** What may be said of the judge models that its rate rests on. */
    judges: JudgeStanding[];
    holdout: HoldoutLook | null;
  };

export async function runOverview(workbench: Workbench, run: Run): Promise<RunOverview> {
  const { projects, prompts, evalSets, runs, runLists } = workbench.stores;
  const version = await prompts.getVersion(run.promptVersionId);
  const setVersion = await evalSets.getVersion(run.evalSetVersionId);
  const looks = await runLists.holdoutLooks(run.projectId);
  const summary = await runs.summary(run.id);
  const [judges = []] = await judgeStandings(workbench, run.projectId, [summary.judgeCounts]);
  return overviewOf(
    run,
    summary,
    { looks, judges },
    {
      project: (await projects.get(run.projectId)).slug,
      prompt: (await prompts.get(version.promptId)).slug,
      version: version.number,
      set: (await evalSets.get(setVersion.evalSetId)).slug,
      setVersion: setVersion.number,
    },
  );
}

/** Newest first; all of them, archived ones too, unless it is said which. */
export async function listRuns(
  workbench: Workbench,
  project: Pick<Project, 'id' | 'slug'>,
  search: RunSearch = {},
): Promise<RunOverview[]> {
  const { runLists, runs } = workbench.stores;
  const looks = await runLists.holdoutLooks(project.id);
  const listed = await Promise.all(
    (await runLists.find(project.id, search)).map(async ({ run, summary, ...names }) => ({
      run,
      summary: summary ?? (await runs.summary(run.id)),
      names: { project: project.slug, ...names },
    })),
  );
  const judged = listed.map(({ summary }) => summary.judgeCounts);
  const standings = await judgeStandings(workbench, project.id, judged);
  return listed.map(({ run, summary, names }, at) =>
    overviewOf(run, summary, { looks, judges: standings[at] ?? [] }, names),
  );
}

/** A page of them, and how many there are in all; `after` is null on the last page. */
export async function runPage(
  workbench: Workbench,
  project: Project,
  search: RunSearch & { limit: number },
): Promise<{ runs: RunOverview[]; count: number; after: RunId | null }> {
  const runs = await listRuns(workbench, project, search);
  const count = await workbench.stores.runLists.count(project.id, search);
  return { runs, count, after: runs.length === search.limit ? (runs.at(-1)?.id ?? null) : null };
}

type Names = Pick<RunOverview, 'project' | 'prompt' | 'version' | 'set' | 'setVersion'>;

type Known = { looks: ReadonlyMap<RunId, number>; judges: JudgeStanding[] };

function overviewOf(run: Run, summary: RunSummary, { looks, judges }: Known, names: Names): RunOverview {
  const { projectId: _, promptVersionId: __, evalSetVersionId: ___, scorers, ...about } = run;
  const { judgeCounts: ____, ...counts } = summary;
  const holdout = holdoutLook(looks.get(run.id), summary, run.settings);
  return {
    ...about,
    ...counts,
    ...names,
    split: run.settings.split,
    scorers: scorers.map(formatScorerSpec),
    judges,
    holdout,
  };
}
