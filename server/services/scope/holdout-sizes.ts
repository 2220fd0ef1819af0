import type { Project } from '../../domain/project.ts';
import { wilsonInterval } from '../../domain/statistics/wilson-interval.ts';
import { listSets, showSet } from '../evaluate/list-sets.ts';
import type { Workbench } from '../workbench.ts';

/** `bound`: the lower bound of the 95% interval at the first look if all of them pass, the most they can prove; null without any. */
type HoldoutSize = { holdout: number; bound: number | null };
export type SetHoldout = HoldoutSize & { set: string; tags: (HoldoutSize & { tag: string; cases: number })[] };

/** How many holdout cases each set of a project has, and each tag in it. */
export async function holdoutSizes(workbench: Pick<Workbench, 'stores'>, project: Project): Promise<SetHoldout[]> {
  const sets = await listSets(workbench, project);
  return Promise.all(
    sets.map(async ({ slug }) => {
      const { labels, tags } = await showSet(workbench, project, slug);
      const held = labels.filter(({ split }) => split === 'holdout').reduce((sum, { count }) => sum + count, 0);
      return {
        set: slug,
        ...sizeOf(held),
        tags: tags.map(({ tag, count, holdout }) => ({ tag, cases: count, ...sizeOf(holdout) })),
      };
    }),
  );
}

const sizeOf = (holdout: number): HoldoutSize => ({
  holdout,
  bound: holdout === 0 ? null : wilsonInterval(holdout, holdout)[0],
});
