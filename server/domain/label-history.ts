import type { LabelMove } from './release.ts';

/**
 * What a label points to and pointed to before, the present first, from its moves, oldest first. A roll-back takes the last away, so that rolling
 * back twice goes two steps back and never forward to what was left.
 */
export function labelHistory(moves: readonly Pick<LabelMove, 'kind' | 'releaseId'>[]): LabelMove['releaseId'][] {
  const history: LabelMove['releaseId'][] = [];
  for (const { kind, releaseId } of moves) {
    if (kind === 'roll_back') history.shift();
    if (history[0] !== releaseId) history.unshift(releaseId);
  }
  return history;
}
