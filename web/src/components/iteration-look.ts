import type { PointStyle } from 'chart.js';
import type { PlottedSeries } from './iteration-points.ts';

type Scheme = 'light' | 'dark';

/** Colours of models, told apart by people who see few colours too; each has a contrast of at least 4.5 : 1 to its ground. */
const colours: Record<Scheme, readonly [string, ...string[]]> = {
  light: ['#2b5a94', '#a34700', '#1a6b3c', '#7a3c9c', '#b3261e', '#4d565e', '#00696b'],
  dark: ['#8fb8ea', '#f0a45d', '#6fcf97', '#cf9fe8', '#f28b82', '#b9bfc6', '#66cccf'],
};
/** Signs of models: colour is never what tells them apart alone. */
const signs = ['circle', 'triangle', 'rect', 'rectRot'] as const satisfies PointStyle[];
export type Sign = (typeof signs)[number];

/** The rest of the drawing. */
export const grounds: Record<
  Scheme,
  { text: string; dim: string; line: string; ground: string; mark: string; baseline: string }
> = {
  light: { text: '#22272c', dim: '#5d666e', line: '#e0e4e6', ground: '#ffffff', mark: '#7d5200', baseline: '#4d565e' },
  dark: { text: '#d9dde1', dim: '#9ba3ac', line: '#2d333a', ground: '#1c2025', mark: '#e5b567', baseline: '#b9bfc6' },
};

/** How a series is drawn: model by colour and sign, dev filled on a full line, holdout hollow on a dashed one. */
export function lookOf(
  { look, split }: Pick<PlottedSeries, 'look' | 'split'>,
  scheme: Scheme,
): { colour: string; sign: Sign; fill: string; dash: number[] } {
  const [first] = colours[scheme];
  const colour = colours[scheme][look % colours[scheme].length] ?? first;
  return {
    colour,
    sign: signs[look % signs.length] ?? 'circle',
    fill: split === 'dev' ? colour : grounds[scheme].ground,
    dash: split === 'dev' ? [] : [6, 4],
  };
}
