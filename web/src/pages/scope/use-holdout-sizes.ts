import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';

export type SetHoldout = Answer<'GET /api/projects/:project/holdout-sizes'>['sets'][number];
/** Holdout cases of a set and the most that they can prove. */
export type HoldoutSize = Pick<SetHoldout, 'set' | 'holdout' | 'bound'>;

/** What the project's sets hold; none while it is not known. */
export const useHoldoutSizes = (project: string): readonly SetHoldout[] | undefined =>
  useApi('GET /api/projects/:project/holdout-sizes', { params: { project } }).data?.sets;

/** Every tag of the sets, with its cases over all of them. */
export function tagsOf(sets: readonly SetHoldout[]): { tag: string; cases: number; holdout: number }[] {
  const all = new Map<string, { tag: string; cases: number; holdout: number }>();
  for (const { tag, cases, holdout } of sets.flatMap(({ tags }) => tags)) {
    const before = all.get(tag);
    all.set(tag, { tag, cases: cases + (before?.cases ?? 0), holdout: holdout + (before?.holdout ?? 0) });
  }
  return [...all.values()].sort((a, b) => a.tag.localeCompare(b.tag));
}

/** The holdout cases with a tag in each set that has it. */
export const sizesOfTag = (sets: readonly SetHoldout[], tag: string): HoldoutSize[] =>
  sets.flatMap(({ set, tags }) =>
    tags.filter((one) => one.tag === tag).map(({ holdout, bound }) => ({ set, holdout, bound })),
  );
