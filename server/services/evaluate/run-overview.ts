import type { EvalSetVersionId, ProjectId, PromptVersionId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Run, RunSummary, SplitChoice } from '../../domain/run.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import type { Stores } from '../../storage/stores.ts';
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
  return overviewOf(new RunNames(stores), run, await stores.runs.summary(run.id));
}

/** Newest first. */
export async function listRuns({ stores }: Workbench, project: Project): Promise<RunOverview[]> {
  const names = new RunNames(stores);
  const summaries = await stores.runs.summaries(project.id);
  const runs = await stores.runs.list(project.id);
  return Promise.all(
    runs.map(async (run) => overviewOf(names, run, summaries.get(run.id) ?? (await stores.runs.summary(run.id)))),
  );
}

async function overviewOf(names: RunNames, run: Run, summary: RunSummary): Promise<RunOverview> {
  const { projectId, promptVersionId, evalSetVersionId, scorers, ...about } = run;
  return {
    ...about,
    ...summary,
    ...(await names.project(projectId)),
    ...(await names.version(promptVersionId)),
    ...(await names.set(evalSetVersionId)),
    split: run.settings.split,
    scorers: scorers.map(formatScorerSpec),
  };
}

/** Names of what runs refer to; each is read once, because many runs share them. */
class RunNames {
  readonly project: (id: ProjectId) => Promise<{ project: string }>;
  readonly version: (id: PromptVersionId) => Promise<{ prompt: string; version: number }>;
  readonly set: (id: EvalSetVersionId) => Promise<{ set: string; setVersion: number }>;

  constructor({ projects, prompts, evalSets }: Stores) {
    this.project = once(async (id: ProjectId) => ({ project: (await projects.get(id)).slug }));
    this.version = once(async (id: PromptVersionId) => {
      const version = await prompts.getVersion(id);
      return { prompt: (await prompts.get(version.promptId)).slug, version: version.number };
    });
    this.set = once(async (id: EvalSetVersionId) => {
      const version = await evalSets.getVersion(id);
      return { set: (await evalSets.get(version.evalSetId)).slug, setVersion: version.number };
    });
  }
}

function once<Key, Value>(read: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const value = known.get(key) ?? read(key);
    known.set(key, value);
    return value;
  };
}
