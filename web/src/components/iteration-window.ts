import { measure, newestPoint, type Point, type Series } from './iteration-points.ts';

/** `runs`: each run is an iteration. `versions`: the newest run of each version with each model. */
export type View = 'runs' | 'versions';
/** The first and the last place of the axis that is seen. */
export type Window = readonly [from: number, to: number];

/** Iterations that can be seen at once on a wide drawing, so that their intervals can still be told apart. */
export const PLACES_SEEN = 40;
const FEWEST_SEEN = 8;
const POINTS_SEEN = 120;

/** So many places are seen at first. At each version there is a point of every series, of an iteration only one or two. */
export function placesSeen(view: View, series: number, narrow: boolean): number {
  const places = view === 'runs' ? PLACES_SEEN : Math.min(PLACES_SEEN, Math.floor(POINTS_SEEN / Math.max(1, series)));
  return Math.max(FEWEST_SEEN, narrow ? Math.floor(places / 2) : places);
}

export const lastPlace = (series: readonly Series[]): number =>
  series.reduce((last, { segments }) => Math.max(last, segments.at(-1)?.at(-1)?.iteration ?? 0), 0);

const versionOf = ({ prompt, version }: Point): string => `${prompt}@${version}`;

/** The newest run of each version with each model. `iteration` is then the place of the version among all, in the order in which they were first run. */
export function latestOfVersions(series: readonly Series[]): Series[] {
  const inOrder = series.flatMap(({ segments }) => segments.flat()).sort((a, b) => a.iteration - b.iteration);
  const places = new Map([...new Set(inOrder.map(versionOf))].map((version, index) => [version, index + 1]));
  return series.map((one) => {
    const latest = new Map(one.segments.flat().map((point) => [versionOf(point), point]));
    const points = [...latest].map(([version, point]) => ({ ...point, iteration: places.get(version) ?? 0 }));
    return { ...one, segments: segmentsOf(points.sort((a, b) => a.iteration - b.iteration)) };
  });
}

/** A new one begins where set or scorers changed. */
function segmentsOf(points: readonly Point[]): Point[][] {
  const segments: Point[][] = [];
  for (const point of points) {
    const before = segments.at(-1);
    const last = before?.at(-1);
    if (before !== undefined && last !== undefined && measure(last) === measure(point)) before.push(point);
    else segments.push([point]);
  }
  return segments;
}

/** What of the series is seen. */
export const inWindow = (series: readonly Series[], [from, to]: Window): Series[] =>
  series.flatMap((one) => {
    const segments = one.segments
      .map((segment) => segment.filter(({ iteration }) => iteration >= from && iteration <= to))
      .filter((segment) => segment.length > 0);
    return segments.length === 0 ? [] : [{ ...one, segments }];
  });

/** Of the points that were measured as the newest was, the one whose interval begins highest, and of how many. A stand-in's answers say nothing of a prompt. */
export function bestPoint(series: readonly Series[]): (Point & { model: string; of: number }) | undefined {
  const asked = series.filter(({ standIn }) => !standIn);
  const newest = newestPoint(asked);
  if (newest === undefined) return undefined;
  const alike = asked
    .flatMap(({ model, segments }) => segments.flat().map((point) => ({ ...point, model })))
    .filter((point) => point.split === newest.split && measure(point) === measure(newest));
  const [best] = alike.toSorted((a, b) => b.interval[0] - a.interval[0] || b.iteration - a.iteration);
  return best && { ...best, of: alike.length };
}
