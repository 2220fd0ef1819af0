import {
  type ChartData,
  type ChartDataset,
  Chart as ChartJs,
  type ChartOptions,
  LinearScale,
  LineElement,
  Tooltip,
} from 'chart.js';
import { LineWithErrorBarsController, PointWithErrorBar } from 'chartjs-chart-error-bars';
import { useMemo } from 'react';
import { Chart } from 'react-chartjs-2';
import { useTranslation } from 'react-i18next';
import { formatInterval, formatPercent } from '../../components/format.ts';
import { grounds, lookOf } from '../../components/iteration-look.ts';
import { type Iteration, pointOf, type TrendPoint } from './trend-reading.ts';

ChartJs.register(LineWithErrorBarsController, PointWithErrorBar, LineElement, LinearScale, Tooltip);

type Scheme = 'light' | 'dark';
type Datum = { x: number; y: number; yMin: number; yMax: number; point: TrendPoint | null };
type Props = { iterations: readonly Iteration[]; categories: readonly string[]; summary: string; scheme: Scheme };

/** So much of the way to the next iteration lies between two points of one, so that their intervals don't cover each other. */
const APART = 0.09;

/** Share of all cases by iteration, a line a category; hollow where failures are not sorted yet. */
export default function CategoryTrendChart({ iterations, categories, summary, scheme }: Props) {
  const { t } = useTranslation('improve');
  const data = useMemo(() => dataOf(iterations, categories, scheme), [iterations, categories, scheme]);
  const options = useMemo(
    () =>
      optionsOf(iterations, scheme, {
        axis: t('trend.share'),
        body: (category, { cases, share, interval, atLeast }) =>
          `${category}: ${atLeast ? t('trend.atLeast', { cases }) : cases} · ${formatPercent(share)} ${formatInterval(interval)}`,
      }),
    [iterations, scheme, t],
  );
  return (
    <Chart<'lineWithErrorBars', Datum[], string>
      type="lineWithErrorBars"
      data={data}
      options={options}
      aria-label={summary}
      role="img"
    />
  );
}

function dataOf(
  iterations: readonly Iteration[],
  categories: readonly string[],
  scheme: Scheme,
): ChartData<'lineWithErrorBars', Datum[], string> {
  return {
    datasets: categories.map((category, look): ChartDataset<'lineWithErrorBars', Datum[]> => {
      const { colour, sign } = lookOf({ look, split: 'dev' }, scheme);
      const points = iterations.map((iteration) => pointOf(iteration, category));
      return {
        label: category,
        data: points.map((point, at) => datum(at + (look - (categories.length - 1) / 2) * APART, point)),
        borderColor: colour,
        borderWidth: 1.5,
        // A point at 0 % is whole.
        clip: false,
        pointStyle: sign,
        backgroundColor: points.map((point) => (point?.atLeast ? grounds[scheme].ground : colour)),
        hoverBackgroundColor: colour,
        errorBarColor: colour,
        errorBarLineWidth: 1,
        errorBarWhiskerColor: colour,
        errorBarWhiskerLineWidth: 1,
        errorBarWhiskerSize: 5,
      };
    }),
  };
}

const datum = (x: number, point: TrendPoint | null): Datum =>
  point === null
    ? { x, y: Number.NaN, yMin: Number.NaN, yMax: Number.NaN, point }
    : { x, y: point.share, yMin: point.interval[0], yMax: point.interval[1], point };

function optionsOf(
  iterations: readonly Iteration[],
  scheme: Scheme,
  texts: { axis: string; body: (category: string, point: TrendPoint) => string },
): ChartOptions<'lineWithErrorBars'> {
  const { dim, line, ground, text } = grounds[scheme];
  const nameOf = (at: number) => {
    const iteration = iterations[at];
    return iteration === undefined ? [] : [`#${iteration.run}`, `v${iteration.version}`];
  };
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    font: { family: getComputedStyle(document.body).fontFamily },
    interaction: { mode: 'nearest', intersect: true },
    layout: { padding: { top: 6, right: 8 } },
    elements: { pointWithErrorBar: { radius: 5, hoverRadius: 7, hitRadius: 10, borderWidth: 1.5 } },
    scales: {
      x: {
        type: 'linear',
        min: -0.5,
        max: iterations.length - 0.5,
        border: { color: line },
        grid: { display: false },
        afterBuildTicks: (axis) => {
          axis.ticks = iterations.map((_, value) => ({ value }));
        },
        ticks: { color: dim, maxRotation: 0, autoSkipPadding: 12, callback: (value) => nameOf(Number(value)) },
      },
      y: {
        type: 'linear',
        beginAtZero: true,
        title: { display: true, text: texts.axis, color: dim },
        border: { display: false },
        grid: { color: line },
        ticks: { color: dim, maxTicksLimit: 6, callback: (value) => formatPercent(Number(value), 0) },
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
        displayColors: false,
        callbacks: {
          title: ([item]) => (item === undefined ? '' : nameOf(item.dataIndex).join(' · ')),
          label: ({ dataset, dataIndex }) => {
            const point = iterations[dataIndex] && pointOf(iterations[dataIndex], dataset.label ?? '');
            return point == null ? '' : texts.body(dataset.label ?? '', point);
          },
        },
      },
    },
  };
}
