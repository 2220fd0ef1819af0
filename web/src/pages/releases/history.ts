import type { LabelMove, Release } from './release.ts';

/** A move with what its label pointed to before and the number of the release that it points to since. */
export type HistoryRow = LabelMove & { number: number; from: LabelMove | null };

/** Moves, newest first, each with the one before it of the same label. */
export function historyOf(
  moves: readonly LabelMove[],
  releases: readonly Pick<Release, 'id' | 'number'>[],
): HistoryRow[] {
  const numbers = new Map(releases.map(({ id, number }) => [id, number]));
  return moves.map((move, index) => ({
    ...move,
    number: numbers.get(move.release) ?? move.release,
    from: moves.slice(index + 1).find(({ prompt, label }) => prompt === move.prompt && label === move.label) ?? null,
  }));
}
