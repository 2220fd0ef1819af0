import { useComputedColorScheme } from '@mantine/core';
import {
  CategoryScale,
  type ChartData,
  Chart as ChartJs,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { useMemo } from 'react';
import { Chart } from 'react-chartjs-2';
import { grounds, lookOf } from '../../components/iteration-look.ts';

ChartJs.register(LineController, LineElement, PointElement, CategoryScale, LinearScale, Tooltip);

/** A line: its release by colour and sign; a second figure of the same release is hollow on a dashed line. */
export type TrendLine = { name: string; look: number; second: boolean; values: (number | null)[] };
type Props = {
  /** What is drawn in a sentence: the table beside it has the numbers. */
  summary: string;
  /** Names of the slices. */
  slices: string[];
  lines: readonly TrendLine[];
  format: (value: number) => string;
  /** Counts: nothing lies between two of them. */
  whole: boolean;
};

/** Figures over time, a line a release. */
export function TrendChart({ summary, slices, lines, format, whole }: Props) {
  const scheme = useComputedColorScheme('light');
  const data = useMemo(() => dataOf(slices, lines, scheme), [slices, lines, scheme]);
  const options = useMemo(() => optionsOf(format, whole, scheme), [format, whole, scheme]);
  return <Chart<'line', (number | null)[], string> type="line" data={data} options={options} aria-label={summary} />;
}

type Scheme = 'light' | 'dark';

function dataOf(
  labels: string[],
  lines: readonly TrendLine[],
  scheme: Scheme,
): ChartData<'line', (number | null)[], string> {
  return {
    labels,
    datasets: lines.map(({ name, look, second, values }) => {
      const { colour, sign, fill, dash } = lookOf({ look, split: second ? 'holdout' : 'dev' }, scheme);
      return {
        label: name,
        data: values,
        borderColor: colour,
        borderDash: dash,
        borderWidth: 1.5,
        pointStyle: sign,
        pointBackgroundColor: fill,
        pointBorderColor: colour,
        pointBorderWidth: 1.5,
        pointRadius: 4,
        pointHoverRadius: 6,
      };
    }),
  };
}

function optionsOf(format: Props['format'], whole: boolean, scheme: Scheme): ChartOptions<'line'> {
  const { dim, line, ground, text } = grounds[scheme];
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    font: { family: getComputedStyle(document.body).fontFamily },
    interaction: { mode: 'index', intersect: false },
    layout: { padding: { top: 6, right: 8 } },
    scales: {
      x: {
        border: { color: line },
        grid: { display: false },
        ticks: { color: dim, maxRotation: 0, autoSkipPadding: 16 },
      },
      y: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: line },
        ticks: {
          color: dim,
          maxTicksLimit: 6,
          ...(whole ? { precision: 0 } : {}),
          callback: (value) => format(Number(value)),
        },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        backgroundColor: ground,
        borderColor: line,
        borderWidth: 1,
        titleColor: text,
        bodyColor: text,
        padding: 10,
        cornerRadius: 5,
        usePointStyle: true,
        callbacks: {
          label: ({ dataset, parsed }) => ` ${dataset.label}: ${parsed.y === null ? '–' : format(parsed.y)}`,
        },
      },
    },
  };
}
