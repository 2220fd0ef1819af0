import { useComputedColorScheme } from '@mantine/core';
import { type ChartData, Chart as ChartJs, type ChartOptions, LinearScale, LineElement, Tooltip } from 'chart.js';
import { LineWithErrorBarsController, PointWithErrorBar } from 'chartjs-chart-error-bars';
import annotations from 'chartjs-plugin-annotation';
import { useMemo } from 'react';
import { Chart } from 'react-chartjs-2';
import { formatPercent } from '../../../components/format.ts';
import { grounds, lookOf } from '../../../components/iteration-look.ts';
import { sliceTime } from '../slice-time.ts';

ChartJs.register(LineWithErrorBarsController, PointWithErrorBar, LineElement, LinearScale, Tooltip, annotations);

/** A rate in the middle of its time, ms. */
export type QualityDatum = { x: number; y: number; yMin: number; yMax: number; said: string[] };
export type QualityLine = { name: string; look: number; data: QualityDatum[] };
export type QualityMark = { at: number; label: string };
type Props = {
  /** What is drawn in a sentence: the table beside it has the numbers. */
  summary: string;
  lines: readonly QualityLine[];
  marks: readonly QualityMark[];
  sliceMs: number;
  /** From when to when, ms. */
  span: readonly [from: number, to: number];
};
type Scheme = 'light' | 'dark';

/** Pass rates over time with their intervals, a line a release; a mark where production was pointed to another one. */
export function QualityChart({ summary, lines, marks, sliceMs, span }: Props) {
  const scheme = useComputedColorScheme('light');
  const data = useMemo(() => dataOf(lines, scheme), [lines, scheme]);
  const options = useMemo(
    () => optionsOf({ lines, marks, sliceMs, span, scheme }),
    [lines, marks, sliceMs, span, scheme],
  );
  return (
    <Chart<'lineWithErrorBars', QualityDatum[], string>
      type="lineWithErrorBars"
      data={data}
      options={options}
      aria-label={summary}
    />
  );
}

function dataOf(lines: readonly QualityLine[], scheme: Scheme): ChartData<'lineWithErrorBars', QualityDatum[], string> {
  return {
    datasets: lines.map(({ name, look, data }) => {
      const { colour, sign } = lookOf({ look, split: 'dev' }, scheme);
      return {
        label: name,
        data,
        borderColor: colour,
        borderWidth: 1.5,
        clip: false as const,
        pointStyle: sign,
        // Points with error bars don't read the options that begin with `point`.
        backgroundColor: colour,
        hoverBackgroundColor: colour,
        errorBarColor: colour,
        errorBarLineWidth: 1.5,
        errorBarWhiskerColor: colour,
        errorBarWhiskerLineWidth: 1.5,
        errorBarWhiskerSize: 8,
      };
    }),
  };
}

type Drawing = Omit<Props, 'summary'> & { scheme: Scheme };

function optionsOf({ lines, marks, sliceMs, span, scheme }: Drawing): ChartOptions<'lineWithErrorBars'> {
  const { dim, line, ground, text, mark } = grounds[scheme];
  const lowest = Math.min(...lines.flatMap(({ data }) => data.map(({ yMin }) => yMin)));
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    font: { family: getComputedStyle(document.body).fontFamily },
    interaction: { mode: 'nearest', intersect: true },
    layout: { padding: { top: 6, right: 8 } },
    elements: { pointWithErrorBar: { radius: 5, hoverRadius: 7, hitRadius: 10 } },
    scales: {
      x: {
        type: 'linear',
        min: span[0],
        max: span[1],
        border: { color: line },
        grid: { display: false },
        // At the starts of slices, not at whatever divides milliseconds evenly.
        afterBuildTicks: (axis) => {
          axis.ticks = startsOf(span, sliceMs).map((value) => ({ value }));
        },
        ticks: {
          color: dim,
          maxRotation: 0,
          autoSkipPadding: 16,
          includeBounds: false,
          callback: (value) => sliceTime(Number(value), sliceMs),
        },
      },
      y: {
        type: 'linear',
        // No narrower than 40 points, so that noise does not look like news.
        min: Math.max(0, Math.min(0.6, Math.floor(lowest * 10) / 10)),
        max: 1,
        border: { display: false },
        grid: { color: line },
        ticks: { color: dim, stepSize: 0.1, callback: (value) => formatPercent(Number(value), 0) },
      },
    },
    plugins: {
      legend: { display: false },
      annotation: {
        annotations: marks.map(({ at, label }) => ({
          type: 'line' as const,
          scaleID: 'x',
          value: at,
          borderColor: mark,
          borderWidth: 1,
          borderDash: [4, 4],
          label: {
            display: true,
            content: label,
            color: mark,
            backgroundColor: ground,
            padding: 3,
            position: 'end' as const,
            font: { size: 11, weight: 'normal' as const },
          },
        })),
      },
      tooltip: {
        backgroundColor: ground,
        borderColor: line,
        borderWidth: 1,
        titleColor: text,
        bodyColor: text,
        padding: 10,
        cornerRadius: 5,
        displayColors: false,
        callbacks: {
          title: ([item]) => (item === undefined ? [] : [lines[item.datasetIndex]?.name ?? '']),
          label: ({ datasetIndex, dataIndex }) => lines[datasetIndex]?.data[dataIndex]?.said ?? [],
        },
      },
    },
  };
}

function startsOf([from, to]: Props['span'], sliceMs: number): number[] {
  const first = Math.ceil(from / sliceMs) * sliceMs;
  return Array.from({ length: Math.floor((to - first) / sliceMs) + 1 }, (_, index) => first + index * sliceMs);
}
