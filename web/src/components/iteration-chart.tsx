import { Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { ChartLine } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/query.ts';
import { ChartFrame } from './chart-frame.tsx';
import { EmptyState } from './empty-state.tsx';
import { formatInterval, formatPercent } from './format.ts';
import { IterationCanvas } from './iteration-canvas.tsx';
import classes from './iteration-chart.module.css';
import { IterationLegend } from './iteration-legend.tsx';
import { isCrowd } from './iteration-options.ts';
import {
  type Baseline,
  type Break,
  baselineSpans,
  breaksOf,
  type Chart,
  modelsOf,
  newestPoint,
  type Point,
  plot,
  type Series,
} from './iteration-points.ts';
import { IterationTable } from './iteration-table.tsx';
import { IterationView } from './iteration-view.tsx';
import {
  bestPoint,
  inWindow,
  lastPlace,
  latestOfVersions,
  PLACES_SEEN,
  placesSeen,
  type View,
  type Window,
} from './iteration-window.ts';
import { ButtonLink } from './link.tsx';
import { QueryState } from './query-state.tsx';
import { useReadAgainWithRuns } from './use-runs.ts';

/** More than these are listed beside the table only. */
const BREAKS_SHOWN = 4;
/** What the classifier's line is called among the names of what is hidden; no model has a name without a slash. */
const CLASSIFIER = 'classifier';

/** Pass rate by iteration: what each run did to the rate, how sure that is, and how far the target is. */
export function IterationChart({ project, archived }: { project: string; archived?: 'with' | 'only' }) {
  const query = useApi('GET /api/projects/:project/chart', { params: { project }, query: { archived } });
  useReadAgainWithRuns(project, query.refetch);
  useBaselineRead(project, query.refetch);
  return (
    <QueryState query={query} height={340}>
      {(chart) =>
        chart.series.length === 0 ? <NoPoints project={project} /> : <Filled project={project} {...chart} />
      }
    </QueryState>
  );
}

/** A classifier is trained when it is first asked for: then the chart has one more line. */
function useBaselineRead(project: string, refetch: () => unknown): void {
  const trainedAt = useApi('GET /api/projects/:project/baseline', { params: { project } }).data?.baseline?.createdAt;
  useEffect(() => {
    if (trainedAt !== undefined) refetch();
  }, [trainedAt, refetch]);
}

function NoPoints({ project }: { project: string }) {
  const { t } = useTranslation('runs');
  return (
    <EmptyState
      icon={ChartLine}
      title={t('chart.empty')}
      action={
        <ButtonLink to="/projects/$project/runs/new" params={{ project }}>
          {t('new.title')}
        </ButtonLink>
      }
    >
      {t('chart.emptyText')}
    </EmptyState>
  );
}

function Filled({ project, target, series, baselines }: Chart & { project: string }) {
  const { t } = useTranslation('runs');
  const navigate = useNavigate();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [view, setView] = useState<View>('runs');
  const [asked, setAsked] = useState<Window | null>(null);
  const models = useMemo(() => modelsOf(series), [series]);
  const placed = useMemo(() => (view === 'runs' ? series : latestOfVersions(series)), [series, view]);
  const last = lastPlace(placed);
  // Where nobody asked for a part, the newest are seen, also when more come.
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const atFirst = placesSeen(view, placed.length, narrow);
  const [from, to] = asked ?? [Math.max(1, last - atFirst + 1), last];
  const listed = useMemo(
    () => placed.filter(({ model, split }) => !hidden.has(model) && !hidden.has(split)),
    [placed, hidden],
  );
  const shown = useMemo(() => inWindow(listed, [from, to]), [listed, from, to]);
  const names = useMemo(() => models.map(({ model }) => model), [models]);
  const plotted = useMemo(() => plot(shown, names, view === 'versions'), [shown, names, view]);
  const breaks = useMemo(() => breaksOf(shown), [shown]);
  const spans = useMemo(
    () => (hidden.has(CLASSIFIER) ? [] : baselineSpans(shown, baselines)),
    [shown, baselines, hidden],
  );
  const many = lastPlace(series) > PLACES_SEEN;
  const summary = useSummary({ series: listed, target, baseline: spans.at(-1), withBest: many });
  const open = useCallback(
    ({ run, split }: Point) =>
      void navigate({
        to: '/projects/$project/runs/$run',
        params: { project, run: String(run) },
        search: { split },
      }),
    [navigate, project],
  );
  const toggle = (name: string) =>
    setHidden((before) => (before.has(name) ? before.difference(new Set([name])) : before.union(new Set([name]))));
  const splits = (['dev', 'holdout'] as const).filter((split) => series.some((one) => one.split === split));
  return (
    <ChartFrame
      title={t('chart.title')}
      summary={summary}
      chart={
        plotted.length === 0 ? (
          <p className="dim">{listed.length === 0 ? t('chart.allHidden') : t('chart.view.none')}</p>
        ) : (
          <IterationCanvas
            plotted={plotted}
            breaks={breaks}
            target={target}
            baselines={spans}
            view={view}
            summary={summary}
            onOpen={open}
          />
        )
      }
      actions={
        <IterationLegend
          models={models}
          splits={splits}
          baseline={baselines.length > 0 ? CLASSIFIER : null}
          hidden={hidden}
          onToggle={toggle}
        />
      }
      table={
        <>
          {many && (
            <IterationView
              view={view}
              onView={(next) => {
                setView(next);
                setAsked(null);
              }}
              seen={[from, to]}
              last={last}
              atFirst={atFirst}
              onSeen={setAsked}
            />
          )}
          {isCrowd(plotted) && (
            <Text size="xs" c="dimmed" mb="xs">
              {t('chart.view.crowd')}
            </Text>
          )}
          <Breaks breaks={breaks} />
          <IterationTable project={project} series={listed} baselines={spans} />
        </>
      }
    />
  );
}

type Summed = {
  series: readonly Series[];
  target: number | null;
  baseline: Baseline | undefined;
  withBest: boolean;
};

function useSummary({ series, target, baseline, withBest }: Summed): string {
  const { t } = useTranslation('runs');
  const newest = newestPoint(series);
  if (newest === undefined) return t('chart.allHidden');
  const { model, prompt, version, split, passRate, interval, n } = newest;
  const runs = new Set(series.flatMap(({ segments }) => segments.flat().map(({ run }) => run))).size;
  const best = withBest ? bestPoint(series) : undefined;
  const parts = [
    t('chart.runs', { count: runs }),
    t('chart.newest', {
      version: `${prompt}@${version}`,
      model,
      split: t(`common:split.${split}`),
      rate: formatPercent(passRate),
      interval: formatInterval(interval),
      n,
    }),
    ...(best === undefined
      ? []
      : [
          t('chart.best', {
            count: best.of,
            version: `${best.prompt}@${best.version}`,
            model: best.model,
            rate: formatPercent(best.passRate),
            interval: formatInterval(best.interval),
            n: best.n,
            run: best.run,
          }),
        ]),
    target === null ? t('chart.noTarget') : t('chart.targetIs', { target }),
    ...(baseline === undefined
      ? []
      : [
          t('chart.baselineIs', {
            count: baseline.labelsUsed,
            rate: formatPercent(baseline.passRate),
            interval: formatInterval(baseline.interval),
            n: baseline.n,
          }),
        ]),
  ];
  return parts.join(' ');
}

/** What the marks on the drawing stand for. */
function Breaks({ breaks }: { breaks: readonly Break[] }) {
  const { t } = useTranslation('runs');
  if (breaks.length === 0) return null;
  return (
    <ul className={classes.breaks}>
      {breaks.slice(-BREAKS_SHOWN).map(({ at, before, after }) => (
        <li key={at}>
          <strong aria-hidden>≠</strong> {t('chart.break', { iteration: at + 0.5 })}{' '}
          {(before.set !== after.set || before.setVersion !== after.setVersion) &&
            t('chart.breakSet', {
              before: `${before.set}@${before.setVersion}`,
              after: `${after.set}@${after.setVersion}`,
            })}{' '}
          {before.scorers.join() !== after.scorers.join() &&
            t('chart.breakScorers', { before: before.scorers.join(', '), after: after.scorers.join(', ') })}
        </li>
      ))}
      {breaks.length > BREAKS_SHOWN && <li>{t('chart.moreBreaks', { count: breaks.length - BREAKS_SHOWN })}</li>}
    </ul>
  );
}
