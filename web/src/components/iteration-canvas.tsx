import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { Chart as ChartJs, LinearScale, LineElement, Tooltip } from 'chart.js';
import { LineWithErrorBarsController, PointWithErrorBar } from 'chartjs-chart-error-bars';
import annotations from 'chartjs-plugin-annotation';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Chart } from 'react-chartjs-2';
import { useTranslation } from 'react-i18next';
import { formatInterval, formatNumber, formatPercent } from './format.ts';
import classes from './iteration-chart.module.css';
import { lookOf } from './iteration-look.ts';
import { chartData, chartOptions, type Drawing, isCrowd } from './iteration-options.ts';
import {
  type BaselineSpan,
  type Break,
  type Datum,
  type PlottedSeries,
  type Point,
  pointsInOrder,
} from './iteration-points.ts';
import { trendOf } from './iteration-trend.ts';
import type { View } from './iteration-window.ts';
import { useJudgeText } from './judge-mark.tsx';

ChartJs.register(LineWithErrorBarsController, PointWithErrorBar, LineElement, LinearScale, Tooltip, annotations);

type Props = {
  plotted: readonly PlottedSeries[];
  breaks: readonly Break[];
  target: number | null;
  baselines: readonly BaselineSpan[];
  view: View;
  summary: string;
  onOpen: (point: Point) => void;
};
type Instance = ChartJs<'lineWithErrorBars', Datum[], string>;

/** The drawing. The arrow keys go from point to point, Enter opens one; what the tooltip shows is also said. */
export function IterationCanvas({ plotted, breaks, target, baselines, view, summary, onOpen }: Props) {
  const { t } = useTranslation('runs');
  const texts = useTexts(target, view);
  const scheme = useComputedColorScheme('light');
  const chart = useRef<Instance>(undefined);
  const [active, setActive] = useState<number | null>(null);
  const order = useMemo(() => pointsInOrder(plotted), [plotted]);
  const drawing = useMemo(
    () => ({ plotted, breaks, target, baselines, view, scheme, texts }),
    [plotted, breaks, target, baselines, view, scheme, texts],
  );
  const data = useMemo(() => chartData(drawing), [drawing]);
  const options = useMemo(() => chartOptions(drawing, onOpen), [drawing, onOpen]);

  const shown = useRef(drawing);
  shown.current = drawing;
  const plugins = useMemo(() => [trendOf(() => linesOf(shown.current))], []);

  const show = (position: number | null) => {
    setActive(position);
    const at = position === null ? undefined : order[position];
    const elements = at === undefined ? [] : [{ datasetIndex: at.series, index: at.index }];
    chart.current?.setActiveElements(elements);
    chart.current?.tooltip?.setActiveElements(elements, { x: 0, y: 0 });
    chart.current?.update('none');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = order.length - 1;
    const steps: Record<string, number> = {
      ArrowRight: Math.min(last, (active ?? -1) + 1),
      ArrowLeft: Math.max(0, (active ?? last + 1) - 1),
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    const point = active === null ? null : (order[active]?.datum.point ?? null);
    if (next !== undefined) show(next);
    else if (event.key === 'Enter' && point !== null) onOpen(point);
    else return;
    event.preventDefault();
  };
  const said = active === null ? undefined : order[active];
  const series = said && plotted[said.series];
  const point = said?.datum.point;
  return (
    <div
      role="application"
      aria-roledescription={t('chart.role')}
      aria-label={`${summary} ${t('chart.keys')}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from point to point
      tabIndex={0}
      className={classes.canvas}
      onKeyDown={onKeyDown}
      onBlur={() => show(null)}
    >
      <Chart<'lineWithErrorBars', Datum[], string>
        ref={chart}
        type="lineWithErrorBars"
        data={data}
        options={options}
        plugins={plugins}
        aria-hidden
      />
      <VisuallyHidden aria-live="polite">
        {series && point && [...texts.title(series, point), ...texts.body(point)].join(', ')}
      </VisuallyHidden>
    </div>
  );
}

const linesOf = ({ plotted, scheme }: Drawing) =>
  isCrowd(plotted) ? plotted.map((series) => ({ data: series.data, ...lookOf(series, scheme) })) : [];

/** The words of the drawing, kept until the language changes, so that the chart is not made anew. */
function useTexts(target: number | null, view: View): Drawing['texts'] {
  const { t } = useTranslation('runs');
  const judgeText = useJudgeText();
  return useMemo(
    () => ({
      place: view === 'runs' ? t('chart.iteration') : t('version'),
      rate: t('passRate'),
      target: t('chart.target', { target: target ?? 0 }),
      baseline: (count) => t('chart.baseline', { count }),
      title: ({ model, standIn, split }, { run, prompt, version }) => [
        t('chart.pointTitle', { run, prompt, version }),
        `${model}${standIn ? ` · ${t('common:standIn.label')}` : ''} · ${t(`common:split.${split}`)}`,
      ],
      body: ({ passRate, interval, n, noAnswer, errors, set, setVersion, scorers, judges }) => [
        `${t('passRate')} ${formatPercent(passRate)} ${formatInterval(interval)}, n=${formatNumber(n)}`,
        t('chart.noAnswer', { count: noAnswer }),
        t('chart.errors', { count: errors }),
        t('chart.measuredBy', { set, version: setVersion, scorers: scorers.join(', ') }),
        ...judges.map(judgeText),
      ],
    }),
    [t, judgeText, target, view],
  );
}
