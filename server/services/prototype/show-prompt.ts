import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { Interval } from '../../domain/statistics/interval.ts';
import { compilePrompt } from '../../domain/template.ts';
import { findPrompt } from '../deploy/find-version.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type PromptView = Pick<Prompt, 'slug' | 'name' | 'createdAt'> & { versionCount: number };
export type PromptVersionView = Omit<PromptVersion, 'id' | 'promptId'> & {
  variables: readonly string[];
  /** Labels that point to it now. */
  labels: string[];
  latestRun: LatestRun | null;
};
/** The newest completed run of a version on `dev`: over the newest version of a set where there is one, else over an older one. */
export type LatestRun = {
  id: number;
  model: string;
  passRate: number | null;
  interval: Interval | null;
  n: number;
  noAnswer: number;
  onNewestSet: boolean;
};

/** The prompts of a project, oldest first. */
export async function listPrompts(workbench: Stores, project: Project): Promise<PromptView[]> {
  const prompts = await workbench.stores.prompts.list(project.id);
  return Promise.all(prompts.map((prompt) => promptView(workbench, prompt)));
}

/** A prompt with all its versions, oldest first. Throws `prompt_missing`. */
export async function showPrompt(
  workbench: Stores,
  project: Project,
  name: string,
): Promise<PromptView & { versions: PromptVersionView[] }> {
  const prompt = await findPrompt(workbench, project, name);
  const versions = await workbench.stores.prompts.versions(prompt.id);
  const view = await promptView(workbench, prompt);
  return { ...view, versions: await versionViews(workbench, prompt, versions) };
}

export async function promptView({ stores }: Stores, prompt: Prompt): Promise<PromptView> {
  const { slug, name, createdAt } = prompt;
  return { slug, name, createdAt, versionCount: (await stores.prompts.versions(prompt.id)).length };
}

/** Versions of a prompt with what is known of each now. */
export async function versionViews(
  workbench: Stores,
  prompt: Prompt,
  versions: readonly PromptVersion[],
): Promise<PromptVersionView[]> {
  const labels = await workbench.stores.releases.presentLabels(prompt.id);
  const runs = await latestRuns(workbench, prompt);
  return versions.map(({ id, promptId: _, ...version }) => ({
    ...version,
    variables: compilePrompt(version.content).variables,
    labels: labels.flatMap(({ label, release }) => (release.promptVersionId === id ? [label] : [])),
    latestRun: runs.get(id) ?? null,
  }));
}

async function latestRuns({ stores }: Stores, prompt: Prompt): Promise<Map<PromptVersion['id'], LatestRun>> {
  const sets = await stores.evalSets.list(prompt.projectId);
  const newest = await Promise.all(sets.map(({ id }) => stores.evalSets.version(id, null)));
  const current = new Set(newest.map((version) => version?.id));
  const runs = await stores.runs.list(prompt.projectId);
  const counted = runs.filter(({ status, settings }) => status === 'completed' && settings.split !== 'holdout');
  const onNewest = counted.filter((run) => current.has(run.evalSetVersionId));
  const latest = new Map<PromptVersion['id'], LatestRun>();
  for (const run of [...onNewest, ...counted]) {
    if (latest.has(run.promptVersionId)) continue;
    const rates = (await stores.runs.summary(run.id)).bySplit.dev;
    if (rates === undefined) continue;
    const { n, passRate, interval, noAnswer } = rates;
    const onNewestSet = current.has(run.evalSetVersionId);
    latest.set(run.promptVersionId, { id: run.id, model: run.model, passRate, interval, n, noAnswer, onNewestSet });
  }
  return latest;
}
