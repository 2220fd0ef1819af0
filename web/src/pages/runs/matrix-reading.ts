import type { Answer } from '../../../../server/http/contract/index.ts';

export type MatrixData = Answer<'GET /api/projects/:project/matrix'>;
export type MatrixRow = MatrixData['rows'][number];
export type MatrixCell = MatrixRow['cells'][number];
export type Measured = NonNullable<MatrixCell['newest']>;
export type Scope = NonNullable<MatrixData['scope']>;

export type Tone = 'above' | 'below' | 'around' | 'worse' | 'open';

/** What the interval of a cell says: of the target where there is one, else whether it lies wholly below that of the best. */
export function toneOf({ interval: [lo, hi] }: Measured, target: number | null, best: Measured | undefined): Tone {
  if (target !== null) return lo >= target ? 'above' : hi < target ? 'below' : 'around';
  return best !== undefined && hi < best.interval[0] ? 'worse' : 'open';
}

const measuredOf = (rows: readonly MatrixRow[]): Measured[] =>
  rows.flatMap(({ cells }) => cells.flatMap(({ newest }) => newest ?? []));

/** The cell of which the least is sure to be good: one with few cases is not the best by luck. */
export const bestOf = (rows: readonly MatrixRow[]): Measured | undefined =>
  measuredOf(rows).toSorted((a, b) => b.interval[0] - a.interval[0])[0];

/** How most cells were scored: what was scored in another way is not like them. */
export function usualScorers(rows: readonly MatrixRow[]): string | undefined {
  const groups = Map.groupBy(measuredOf(rows), ({ scorers }) => scorers.join(', '));
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

const MOST = 6;

/** The runs of these cells, to be compared: the newest six, oldest first. */
export const comparable = (cells: readonly (MatrixCell | undefined)[]): number[] =>
  cells
    .flatMap((cell) => cell?.newest?.run ?? [])
    .toSorted((a, b) => a - b)
    .slice(-MOST);
