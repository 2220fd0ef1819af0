import type { Point, Series } from '../../web/src/components/iteration-points.ts';

/** A point of an iteration as the first version's would lie. */
export const point = (iteration: number, about: Partial<Point> = {}): Point => ({
  run: iteration * 10,
  iteration,
  prompt: 'sentiment',
  version: 1,
  split: 'dev',
  n: 50,
  passRate: 0.8,
  interval: [0.7, 0.9],
  noAnswer: 0,
  errors: 0,
  set: 'reviews',
  setVersion: 1,
  scorers: ['label'],
  judges: [],
  createdAt: '2026-11-24T10:00:00.000Z',
  ...about,
});

/** A model's points on dev. */
export const series = (segments: Point[][], about: Partial<Series> = {}): Series => ({
  model: 'a/one',
  standIn: false,
  split: 'dev',
  segments,
  ...about,
});
