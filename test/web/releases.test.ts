import { expect, it } from 'vitest';
import { historyOf } from '../../web/src/pages/releases/history.ts';
import { type LabelMove, type LabelState, labelsOf, unmetOf } from '../../web/src/pages/releases/release.ts';

const about = { reason: 'it passed', author: 'Grace', createdAt: '2026-11-24T10:00:00Z' };
const move = (id: number, release: number, given: Partial<LabelMove> = {}): LabelMove => ({
  id,
  prompt: 'classify',
  label: 'production',
  release,
  version: release - 10,
  kind: 'move',
  ...about,
  ...given,
});

it('says of each move where its label pointed before', () => {
  const moves = [
    move(5, 11, { kind: 'roll_back' }),
    move(4, 12),
    move(3, 12, { label: 'staging' }),
    move(2, 13, { prompt: 'other' }),
    move(1, 11),
  ];
  const rows = historyOf(moves, [
    { id: 12, number: 2 },
    { id: 11, number: 1 },
  ]);
  expect(rows.map(({ number, from }) => [number, from?.release ?? null])).toEqual([
    [1, 12],
    [2, 11],
    [2, null],
    [13, null],
    [1, null],
  ]);
});

it('offers the usual labels of a prompt before its own', () => {
  const state = (label: string, prompt = 'classify'): LabelState => ({
    prompt,
    label,
    release: 1,
    version: 1,
    previous: null,
    ...about,
  });
  const labels = [state('zebra'), state('staging'), state('beta'), state('theirs', 'other')];
  expect(labelsOf('classify', labels)).toEqual(['production', 'staging', 'beta', 'zebra']);
});

it('takes as unmet whatever the scope asks for and the runs do not show', () => {
  const states = ['met', 'missed', 'not_provable', 'no_evidence', 'not_asked'] as const;
  const criteria = states.map((state) => ({ name: 'cost' as const, state, target: 1, observed: 1, bound: null }));
  expect(unmetOf({ runs: [], criteria }).map(({ state }) => state)).toEqual(['missed', 'not_provable', 'no_evidence']);
});
