import type { Chart, Plugin } from 'chart.js';
import type { Datum } from './iteration-points.ts';

type Line = { data: readonly Datum[]; colour: string; dash: number[] };
type Place = { x: number; y: number };

/** One in so many of a line's points lies to either side of each, when the middle of its neighbours is taken. */
const NEIGHBOURS = 40;

/** The median of each point and its neighbours: of many points what they tend to, which a few lucky ones don't move. */
export function medians(points: readonly Place[]): Place[] {
  const reach = Math.max(1, Math.round(points.length / NEIGHBOURS));
  return points.map(({ x }, at) => {
    const near = points.slice(Math.max(0, at - reach), at + reach + 1).map(({ y }) => y);
    const sorted = near.sort((a, b) => a - b);
    const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
    return { x, y: (low + high) / 2 };
  });
}

/** Lines of the medians over a crowd of points. */
export const trendOf = (lines: () => readonly Line[]): Plugin<'lineWithErrorBars'> => ({
  id: 'trend',
  afterDatasetsDraw: (chart) => {
    for (const { data, colour, dash } of lines()) {
      for (const part of withoutGaps(data)) drawLine(chart, medians(part), colour, dash);
    }
  },
});

function drawLine(
  { ctx, scales: { x, y } }: Chart<'lineWithErrorBars'>,
  places: readonly Place[],
  colour: string,
  dash: number[],
): void {
  if (x === undefined || y === undefined) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.setLineDash(dash);
  ctx.beginPath();
  for (const place of places) ctx.lineTo(x.getPixelForValue(place.x), y.getPixelForValue(place.y));
  ctx.stroke();
  ctx.restore();
}

function withoutGaps(data: readonly Datum[]): Datum[][] {
  const parts: Datum[][] = [[]];
  for (const datum of data) {
    if (datum.point === null) parts.push([]);
    else parts.at(-1)?.push(datum);
  }
  return parts;
}
