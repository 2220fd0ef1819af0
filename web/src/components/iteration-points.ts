import type { Answer } from '../../../server/http/contract/index.ts';

export type Chart = Answer<'GET /api/projects/:project/chart'>;
export type Series = Chart['series'][number];
export type Point = Series['segments'][number][number];

export type Baseline = Chart['baselines'][number];
/** The iterations, from edge to edge, over which a classifier's line is drawn. */
export type BaselineSpan = Baseline & { from: number; to: number };

/** Where a point lies on the drawing; one without a `point` interrupts the line. */
export type Datum = { x: number; y: number; yMin: number; yMax: number; point: Point | null };
/** `look`: which colour and sign its model has, the same whatever else is hidden. */
export type PlottedSeries = Pick<Series, 'model' | 'standIn' | 'split'> & { look: number; data: Datum[] };
/** Where points stop being like with like, between two iterations, and what changed there. */
export type Break = { at: number; before: Point; after: Point };

/** Dev and holdout of one run lie beside each other, so that their intervals can be told apart. */
const HOLDOUT_SHIFT = 0.16;
/** So much of the way to the next place is taken by the points of one. */
const PLACE = 0.75;

/** Models in the order in which they first answered. */
export const modelsOf = (series: readonly Series[]): { model: string; standIn: boolean }[] => [
  ...new Map(series.map(({ model, standIn }) => [model, { model, standIn }])).values(),
];

/** The series as lines with gaps where their segments end. `beside`: points of one place lie beside each other, so that their intervals can be told apart. */
export function plot(series: readonly Series[], models: readonly string[], beside = false): PlottedSeries[] {
  return series.map(({ model, standIn, split, segments }, index) => {
    const apart = ((index - (series.length - 1) / 2) * PLACE) / series.length;
    const shift = beside ? apart : split === 'holdout' ? HOLDOUT_SHIFT : 0;
    return {
      model,
      standIn,
      split,
      look: models.indexOf(model),
      data: segments.flatMap((segment, index) => [
        ...(index === 0 ? [] : [gapBefore(segment)]),
        ...segment.map((point) => datumOf(point, shift)),
      ]),
    };
  });
}

function datumOf(point: Point, shift: number): Datum {
  const [yMin, yMax] = point.interval;
  return { x: point.iteration + shift, y: point.passRate, yMin, yMax, point };
}

const gapBefore = ([first]: readonly Point[]): Datum => ({
  x: (first?.iteration ?? 0) - 0.5,
  y: Number.NaN,
  yMin: Number.NaN,
  yMax: Number.NaN,
  point: null,
});

/** The marks for all gaps. One change of the set interrupts many series: they share the mark at the first iteration after it. */
export function breaksOf(series: readonly Series[]): Break[] {
  const all = series.flatMap(({ segments }) => segments.flat()).sort((a, b) => a.iteration - b.iteration);
  const breaks = new Map<number, Break>();
  for (const { segments } of series) {
    segments.slice(1).forEach((segment, index) => {
      const [before, after] = [segments[index]?.at(-1), segment[0]];
      if (before === undefined || after === undefined) return;
      const between = all.filter(({ iteration }) => iteration > before.iteration && iteration <= after.iteration);
      const lastOther = between.findLastIndex((point) => measure(point) !== measure(after));
      const at = (between[lastOther + 1] ?? after).iteration - 0.5;
      if (!breaks.has(at)) breaks.set(at, { at, before, after });
    });
  }
  return [...breaks.values()].sort((a, b) => a.at - b.at);
}

/** What a point was measured by: only equal ones can be joined. */
export const measure = ({ set, setVersion, scorers }: Point): string => JSON.stringify([set, setVersion, scorers]);

/** A classifier stands beside the points of dev that were measured on the very cases that it was judged on: its line has gaps where others lie between. */
export function baselineSpans(series: readonly Series[], baselines: readonly Baseline[]): BaselineSpan[] {
  const points = series
    .filter(({ split }) => split === 'dev')
    .flatMap(({ segments }) => segments.flat())
    .sort((a, b) => a.iteration - b.iteration);
  const spans: BaselineSpan[] = [];
  points.forEach(({ set, setVersion, iteration }, index) => {
    const before = points[index - 1];
    const span = before?.set === set && before.setVersion === setVersion ? spans.at(-1) : undefined;
    const baseline = baselines.find((one) => one.set === set && one.setVersion === setVersion);
    if (baseline === undefined) return;
    if (span !== undefined) span.to = iteration + 0.5;
    else spans.push({ ...baseline, from: iteration - 0.5, to: iteration + 0.5 });
  });
  return spans;
}

/** The part of 0..1 that holds every interval and the target, in steps of a tenth and never so narrow that noise looks like news. */
export function rateBounds(
  plotted: readonly PlottedSeries[],
  target: number | null,
  baselines: readonly Baseline[] = [],
): [lo: number, hi: number] {
  const values = plotted.flatMap(({ data }) =>
    data.flatMap(({ point, yMin, yMax }) => (point === null ? [] : [yMin, yMax])),
  );
  if (target !== null) values.push(target);
  values.push(...baselines.flatMap(({ interval }) => interval));
  if (values.length === 0) return [0, 1];
  let lo = Math.max(0, Math.floor((Math.min(...values) - 0.02) * 10));
  let hi = Math.min(10, Math.ceil((Math.max(...values) + 0.02) * 10));
  while (hi - lo < 4) {
    if (hi < 10) hi += 1;
    else lo -= 1;
  }
  return [lo / 10, hi / 10];
}

/** Points in the order in which the arrow keys go through them. */
export const pointsInOrder = (plotted: readonly PlottedSeries[]): { series: number; index: number; datum: Datum }[] =>
  plotted
    .flatMap(({ data }, series) =>
      data.flatMap((datum, index) => (datum.point === null ? [] : [{ series, index, datum }])),
    )
    .sort((a, b) => a.datum.x - b.datum.x || a.series - b.series);

/** The point that was added last, for the sentence that sums the chart up. */
export const newestPoint = (series: readonly Series[]): (Point & { model: string }) | undefined =>
  series
    .flatMap(({ model, segments }) => segments.flat().map((point) => ({ ...point, model })))
    .toSorted((a, b) => a.iteration - b.iteration || a.split.localeCompare(b.split))
    .at(-1);
