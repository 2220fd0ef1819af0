import type { ChartData, ChartDataset, ChartOptions } from 'chart.js';
import { formatPercent } from './format.ts';
import { grounds, lookOf } from './iteration-look.ts';
import {
  type BaselineSpan,
  type Break,
  type Datum,
  type PlottedSeries,
  type Point,
  rateBounds,
} from './iteration-points.ts';
import type { View } from './iteration-window.ts';
import { wrapped } from './wrapped.ts';

export type Drawing = {
  plotted: readonly PlottedSeries[];
  breaks: readonly Break[];
  target: number | null;
  baselines: readonly BaselineSpan[];
  view: View;
  scheme: 'light' | 'dark';
  texts: {
    place: string;
    rate: string;
    target: string;
    baseline: (labels: number) => string;
    title: (series: PlottedSeries, point: Point) => string[];
    body: (point: Point) => string[];
  };
};

/** Signs of more breaks than this would lie on one another. */
const MOST_SIGNS = 12;
/** From so many points on they are drawn small, and labels only where there is room. */
const MANY = 80;
/** From so many on they are dots under the lines of their medians: intervals would hide one another. */
const CROWD = 240;
const LONGEST_LABEL = 18;

const countOf = (plotted: readonly PlottedSeries[]): number =>
  plotted.reduce((count, { data }) => count + data.length, 0);

/** Whether there are so many points that only what they tend to can be seen. */
export const isCrowd = (plotted: readonly PlottedSeries[]): boolean => countOf(plotted) > CROWD;

/** The series as Chart.js draws them. */
export function chartData({ plotted, scheme }: Drawing): ChartData<'lineWithErrorBars', Datum[], string> {
  const many = countOf(plotted) > MANY;
  const crowd = isCrowd(plotted);
  return {
    datasets: plotted.map((series): ChartDataset<'lineWithErrorBars', Datum[]> => {
      const { colour, sign, fill, dash } = lookOf(series, scheme);
      return {
        label: `${series.model} ${series.split}`,
        data: series.data,
        borderColor: crowd ? 'transparent' : colour,
        borderDash: dash,
        showLine: !crowd,
        // A point at 0 or 100 % is whole.
        clip: false,
        borderWidth: many ? 1 : 2,
        pointStyle: sign,
        // Points with error bars don't read the options that begin with `point`.
        backgroundColor: crowd ? `${colour}55` : fill,
        hoverBackgroundColor: colour,
        errorBarColor: crowd ? 'transparent' : colour,
        errorBarLineWidth: many ? 1 : 1.5,
        errorBarWhiskerColor: crowd ? 'transparent' : colour,
        errorBarWhiskerLineWidth: many ? 1 : 1.5,
        errorBarWhiskerSize: many ? 0 : 9,
      };
    }),
  };
}

/** Axes, tooltip, target and breaks. */
export function chartOptions(drawing: Drawing, open: (point: Point) => void): ChartOptions<'lineWithErrorBars'> {
  const { plotted, scheme } = drawing;
  const { text } = grounds[scheme];
  const many = countOf(plotted) > MANY;
  const pointAt = (series = -1, index = -1) => plotted[series]?.data[index]?.point ?? null;
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    color: text,
    font: { family: getComputedStyle(document.body).fontFamily },
    interaction: { mode: 'nearest', intersect: true },
    layout: { padding: { top: 10, right: 8 } },
    elements: {
      pointWithErrorBar: many
        ? { radius: isCrowd(plotted) ? 2 : 3, hoverRadius: 5, hitRadius: 8 }
        : { radius: 6, hoverRadius: 9, hitRadius: 10 },
    },
    onClick: (_, [hit]) => {
      const point = pointAt(hit?.datasetIndex, hit?.index);
      if (point !== null) open(point);
    },
    onHover: (_, hits, { canvas }) => {
      canvas.style.cursor = hits.length > 0 ? 'pointer' : 'default';
    },
    scales: scalesOf(drawing),
    plugins: {
      legend: { display: false },
      annotation: { annotations: annotationsOf(drawing) },
      tooltip: tooltipOf(drawing, pointAt),
    },
  };
}

function scalesOf({
  plotted,
  target,
  baselines,
  view,
  scheme,
  texts,
}: Drawing): ChartOptions<'lineWithErrorBars'>['scales'] {
  const { dim, line } = grounds[scheme];
  const points = plotted.flatMap(({ data }) => data.flatMap(({ point }) => point ?? []));
  const iterations = points.map(({ iteration }) => iteration);
  const severalPrompts = new Set(points.map(({ prompt }) => prompt)).size > 1;
  const versions = new Map(
    points.map(({ iteration, prompt, version }) => [
      iteration,
      severalPrompts ? shortened(prompt, version) : `v${version}`,
    ]),
  );
  const [first, last] = [Math.min(...iterations), Math.max(...iterations)];
  // Dev and holdout of a single run would else lie far from each other.
  const room = Math.max(0.6, 1.5 - (last - first) / 2);
  const [lo, hi] = rateBounds(plotted, target, baselines);
  return {
    x: {
      type: 'linear',
      min: first - room,
      max: last + room,
      title: { display: true, text: texts.place, color: dim },
      border: { color: line },
      grid: { display: false },
      ticks: {
        color: dim,
        includeBounds: false,
        maxRotation: 0,
        autoSkipPadding: 12,
        precision: 0,
        ...(last - first < 40 ? { stepSize: 1 } : {}),
        callback: (value) => {
          if (Number(value) < first || Number(value) > last) return '';
          const version = versions.get(Number(value)) ?? '';
          return view === 'runs' ? [String(value), version] : version;
        },
      },
    },
    y: {
      type: 'linear',
      min: lo,
      max: hi,
      title: { display: true, text: texts.rate, color: dim },
      border: { display: false },
      grid: { color: line },
      ticks: { color: dim, stepSize: 0.1, callback: (value) => formatPercent(Number(value), 0) },
    },
  };
}

/** A prompt's name may be as long as a line: its version stays. */
const shortened = (prompt: string, version: number): string =>
  `${prompt.length > LONGEST_LABEL ? `${prompt.slice(0, LONGEST_LABEL - 1)}…` : prompt}@${version}`;

function tooltipOf(
  { plotted, scheme, texts }: Drawing,
  pointAt: (series: number, index: number) => Point | null,
): NonNullable<ChartOptions<'lineWithErrorBars'>['plugins']>['tooltip'] {
  const { ground, text, line } = grounds[scheme];
  return {
    backgroundColor: ground,
    borderColor: line,
    borderWidth: 1,
    titleColor: text,
    bodyColor: text,
    padding: 10,
    cornerRadius: 5,
    displayColors: false,
    caretPadding: 10,
    callbacks: {
      title: ([item]) => {
        const series = item && plotted[item.datasetIndex];
        const point = item && pointAt(item.datasetIndex, item.dataIndex);
        return series && point ? texts.title(series, point).flatMap((line) => wrapped(line, item.chart.width)) : [];
      },
      label: ({ chart, datasetIndex, dataIndex }) => {
        const point = pointAt(datasetIndex, dataIndex);
        return point === null ? [] : texts.body(point).flatMap((line) => wrapped(line, chart.width));
      },
    },
  };
}

/** The plugin's own types can't be resolved from ESM, so that these are by its documentation. */
function annotationsOf({ breaks, target, baselines, scheme, texts }: Drawing) {
  const { mark, dim, ground, baseline } = grounds[scheme];
  const label = { display: true, backgroundColor: ground, padding: 3, font: { size: 11, weight: 'normal' as const } };
  const marks = breaks.map(({ at }) => ({
    type: 'line' as const,
    scaleID: 'x',
    value: at,
    borderColor: mark,
    borderWidth: 1,
    borderDash: [2, 4],
    label: {
      ...label,
      display: breaks.length <= MOST_SIGNS,
      content: '≠',
      color: mark,
      position: 'end',
      font: { size: 14, weight: 'bold' },
    },
  }));
  const classifiers = baselines.flatMap(({ from, to, passRate, interval, labelsUsed }) => [
    {
      type: 'box' as const,
      xMin: from,
      xMax: to,
      yMin: interval[0],
      yMax: interval[1],
      backgroundColor: `${baseline}1a`,
      borderWidth: 0,
      drawTime: 'beforeDatasetsDraw' as const,
    },
    {
      type: 'line' as const,
      xMin: from,
      xMax: to,
      yMin: passRate,
      yMax: passRate,
      borderColor: baseline,
      borderWidth: 1.5,
      borderDash: [2, 3],
      drawTime: 'beforeDatasetsDraw' as const,
      label: {
        ...label,
        content: texts.baseline(labelsUsed),
        color: baseline,
        // Beside the target's label, which stands at the start, there is no room for another.
        position: target !== null && Math.abs(target - passRate) < 0.08 ? 'end' : 'start',
        yAdjust: 10,
      },
    },
  ]);
  if (target === null) return [...classifiers, ...marks];
  const line = {
    type: 'line',
    scaleID: 'y',
    value: target,
    borderColor: dim,
    borderWidth: 1.5,
    borderDash: [8, 3],
    drawTime: 'beforeDatasetsDraw',
    label: { ...label, content: texts.target, color: dim, position: 'start' },
  };
  return [line, ...classifiers, ...marks];
}
