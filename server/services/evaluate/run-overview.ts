import type { Project } from '../../domain/project.ts';
import type { Run, RunSummary, SplitChoice } from '../../domain/run.ts';
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
  const { projectId, promptVersionId, evalSetVersionId, scorers, ...about } = run;
  const project = await stores.projects.get(projectId);
  const version = await stores.prompts.getVersion(promptVersionId);
  const prompt = await stores.prompts.get(version.promptId);
  const setVersion = await stores.evalSets.getVersion(evalSetVersionId);
  const set = await stores.evalSets.get(setVersion.evalSetId);
  return {
    ...about,
    ...(await stores.runs.summary(run.id)),
    project: project.slug,
    prompt: prompt.slug,
    version: version.number,
    set: set.slug,
    setVersion: setVersion.number,
    split: run.settings.split,
    scorers: scorers.map(formatScorerSpec),
  };
}

/** Newest first. */
export async function listRuns(workbench: Workbench, project: Project): Promise<RunOverview[]> {
  const runs = await workbench.stores.runs.list(project.id);
  return Promise.all(runs.map((run) => runOverview(workbench, run)));
}
