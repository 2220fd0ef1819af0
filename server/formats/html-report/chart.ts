import type { Interval } from '../../domain/statistics/interval.ts';

/** A value with its interval, as shares of one. */
export type ChartRow = { name: string; text: string; value: number; interval: Interval };

const LEFT = 190;
const RIGHT = 620;
const WIDTH = 760;
const ROW = 26;
const TOP = 8;
const TICKS = 5;
/** Latin letters that fit to the left of the lines; a Chinese character takes two. */
const LONGEST_NAME = 26;

/** Where everything of an interval chart is drawn; the template writes it as SVG. */
export function intervalChart(
  title: string,
  rows: readonly ChartRow[],
  domain: Interval,
  percent: (share: number) => string,
) {
  const [low, high] = domain;
  const x = (value: number) =>
    round(LEFT + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (RIGHT - LEFT));
  const bottom = TOP + rows.length * ROW;
  return {
    title,
    width: WIDTH,
    height: bottom + 24,
    bottom,
    top: TOP,
    zero: low < 0 ? x(0) : null,
    ticks: Array.from({ length: TICKS }, (_, index) => low + ((high - low) * index) / (TICKS - 1)).map((value) => ({
      x: x(value),
      y: bottom + 16,
      text: percent(value),
    })),
    rows: rows.map(({ name, text, value, interval }, index) => ({
      name: shortened(name),
      fullName: name,
      text,
      y: TOP + index * ROW + ROW / 2,
      textY: TOP + index * ROW + ROW / 2 + 4,
      x: x(value),
      x1: x(interval[0]),
      x2: x(interval[1]),
    })),
  };
}

function shortened(name: string): string {
  const characters = [...name];
  const widths = characters.map((character) => (character >= '\u1100' ? 2 : 1));
  const widthOf = (count: number) => widths.slice(0, count).reduce((sum, width) => sum + width, 0);
  if (widthOf(characters.length) <= LONGEST_NAME) return name;
  const fitting = characters.filter((_, at) => widthOf(at + 1) < LONGEST_NAME);
  return `${fitting.join('')}…`;
}

/** A domain around zero that holds all intervals. */
export function domainAround(intervals: readonly Interval[]): Interval {
  const reach = Math.max(0.1, ...intervals.flat().map(Math.abs));
  const bound = Math.ceil(reach * 10) / 10;
  return [-bound, bound];
}

const round = (value: number): number => Math.round(value * 10) / 10;
