import type { Answer } from '../../../../server/http/contract/index.ts';

export type CategoryTrend = Answer<'GET /api/runs/:run/category-trend'>;
export type Iteration = CategoryTrend['iterations'][number];

/** Lines in one drawing; the table has the rest. */
const MOST_LINES = 5;

/** What was counted of a category in an iteration: `atLeast` where failures are not sorted yet. Null where none of them is, so that nothing is known. */
export type TrendPoint = { cases: number; share: number; interval: readonly [number, number]; atLeast: boolean };

/** Categories by how many cases they have in all iterations together, most first. */
export function categoriesOf(iterations: readonly Iteration[]): string[] {
  const sums = new Map<string, number>();
  for (const { categories } of iterations) {
    for (const { category, cases } of categories) sums.set(category, (sums.get(category) ?? 0) + cases);
  }
  return [...sums].sort(([a, one], [b, other]) => other - one || a.localeCompare(b)).map(([category]) => category);
}

export const drawnCategories = (iterations: readonly Iteration[]): string[] =>
  categoriesOf(iterations).slice(0, MOST_LINES);

/** A failure that is not sorted may be of any category, so that a count is a lower bound while there are such. */
export function pointOf(iteration: Iteration, category: string): TrendPoint | null {
  const { n, unsorted, categories, noneInterval } = iteration;
  const atLeast = unsorted > 0;
  const counted = categories.find((one) => one.category === category);
  if (counted !== undefined) {
    const { cases, interval } = counted;
    return { cases, share: cases / n, interval, atLeast };
  }
  if (atLeast && categories.length === 0) return null;
  return { cases: 0, share: 0, interval: noneInterval, atLeast };
}
