import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import type { Workbench } from '../workbench.ts';

export type WatchedPrompt = {
  prompt: string;
  name: string;
  production: { release: number; number: number; promised: number | null } | null;
};

/** The prompts of a project that a rule may watch, with what is in production and the lower bound of the rate that it was approved on. */
export async function watchedPrompts(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
): Promise<WatchedPrompt[]> {
  const prompts = await stores.prompts.list(project.id);
  return Promise.all(
    prompts.map(async ({ id, slug, name }) => {
      const release = await stores.releases.labelled(id, 'production');
      const production =
        release === null ? null : { release: release.id, number: release.number, promised: promisedBy(release) };
      return { prompt: slug, name, production };
    }),
  );
}

/** Of holdout where that was run: nobody wrote the prompt by it. */
function promisedBy({ evidence: { runs } }: Release): number | null {
  const run = runs.find(({ split }) => split === 'holdout') ?? runs[0];
  return run?.holdout?.interval?.[0] ?? run?.rates.interval?.[0] ?? null;
}
