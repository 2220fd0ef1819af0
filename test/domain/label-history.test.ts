import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReleaseId } from '../../server/domain/ids.ts';
import { labelHistory } from '../../server/domain/label-history.ts';

type Move = Parameters<typeof labelHistory>[0][number];
const move = (id: number): Move => ({ kind: 'move', releaseId: id as ReleaseId });
const rollBack = (id: number): Move => ({ kind: 'roll_back', releaseId: id as ReleaseId });

describe('labelHistory', () => {
  it('is empty before the first move', () => {
    expect(labelHistory([])).toEqual([]);
  });

  it('has the present first', () => {
    expect(labelHistory([move(1), move(2), move(3)])).toEqual([3, 2, 1]);
  });

  it('goes two steps back on two roll-backs, never forward to what was left', () => {
    const moves = [move(1), move(2), move(3), rollBack(2)];
    expect(labelHistory(moves)).toEqual([2, 1]);
    expect(labelHistory([...moves, rollBack(1)])).toEqual([1]);
  });

  it('goes on from where a roll-back led', () => {
    expect(labelHistory([move(1), move(2), rollBack(1), move(3)])).toEqual([3, 1]);
  });

  it('takes a release that was left and chosen again as a step of its own', () => {
    expect(labelHistory([move(1), move(2), move(1)])).toEqual([1, 2, 1]);
  });

  it('never has the same release twice in a row, and rolling back undoes a move', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 })), fc.integer({ min: 5, max: 9 }), (releases, next) => {
        const moves = releases.map(move);
        const history = labelHistory(moves);
        expect(history.some((release, index) => release === history[index + 1])).toBe(false);
        const [present] = history;
        if (present !== undefined) expect(labelHistory([...moves, move(next), rollBack(present)])).toEqual(history);
      }),
    );
  });
});
