import type { RunId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Run, RunSummary, SplitChoice } from '../../domain/run.ts';
import type { RunSearch } from '../../domain/run-filter.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import type { Workbench } from '../workbench.ts';

/** A run with the names of what it ran and its counts: what lists and pages show. */
export type RunOverview = Omit<Run, 'projectId' | 'promptVersionId' | 'evalSetVersionId' | 'scorers'> &
  RunSummary & {
    project: string;
    prompt: string;
    version: number;
    set: string;
    setVersion: number;
    split: SplitChoice;
    /** As typed on the command line. */
    scorers: string[];
  };

export async function runOverview({ stores }: Workbench, run: Run): Promise<RunOverview> {
  const { projects, prompts, evalSets, runs } = stores;
  const version = await prompts.getVersion(run.promptVersionId);
  const setVersion = await evalSets.getVersion(run.evalSetVersionId);
  return overviewOf(run, await runs.summary(run.id), {
    project: (await projects.get(run.projectId)).slug,
    prompt: (await prompts.get(version.promptId)).slug,
    version: version.number,
    set: (await evalSets.get(setVersion.evalSetId)).slug,
    setVersion: setVersion.number,
  });
}

/** Newest first; all of them, archived ones too, unless it is said which. */
export async function listRuns(
  { stores }: Workbench,
  project: Pick<Project, 'id' | 'slug'>,
  search: RunSearch = {},
): Promise<RunOverview[]> {
  const listed = await stores.runLists.find(project.id, search);
  return Promise.all(
    listed.map(async ({ run, summary, ...names }) =>
      overviewOf(run, summary ?? (await stores.runs.summary(run.id)), { project: project.slug, ...names }),
    ),
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

function overviewOf(run: Run, summary: RunSummary, names: Names): RunOverview {
  const { projectId: _, promptVersionId: __, evalSetVersionId: ___, scorers, ...about } = run;
  return { ...about, ...summary, ...names, split: run.settings.split, scorers: scorers.map(formatScorerSpec) };
}
