import type { Answer } from '../../../../server/http/contract/index.ts';
import type { CostSearch } from '../../app/routes/cost-search.ts';

export type Plan = Answer<'GET /api/costs'>;
export type PlannedModel = Plan['models'][number];
export type Change = (part: CostSearch) => void;

/** What the interface takes where nothing is said. */
export const defaults = { from: 'words', in: 300, out: 50, batch: 0, calls: 10_000, per: 'month' } as const;

/** The question that an address asks; null while it does not say which run or release is meant. */
export function questionOf({ sort: _, models, ...asked }: CostSearch, project: string | undefined) {
  if (asked.from === 'run' && asked.run === undefined) return null;
  if (asked.from === 'release' && asked.release === undefined) return null;
  return { ...asked, models: models?.split(','), project };
}

/** The same size in words or in tokens. */
export function resized(search: CostSearch, from: CostSearch['from']): CostSearch {
  const before = search.from ?? defaults.from;
  const factor = before === 'words' && from === 'tokens' ? 4 / 3 : before === 'tokens' && from === 'words' ? 3 / 4 : 1;
  if (factor === 1) return { from };
  const size = (value: number) => Math.round(value * factor);
  return { from, in: size(search.in ?? defaults.in), out: size(search.out ?? defaults.out) };
}

/** Cheapest first, those without a price last. */
export const cheapestFirst = (models: readonly PlannedModel[]): PlannedModel[] =>
  models.toSorted((a, b) => costOf(a) - costOf(b) || (a.reference < b.reference ? -1 : 1));

const costOf = ({ cost }: PlannedModel): number => cost?.perCall ?? Number.MAX_VALUE;
