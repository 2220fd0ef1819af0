import { useComputedColorScheme } from '@mantine/core';
import { ChartNoAxesCombined } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Swatch } from '../../components/iteration-legend.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { Hint } from '../runs/hint.tsx';
import { CategoryShifts } from './category-shifts.tsx';
import { CategoryTrendTable } from './category-trend-table.tsx';
import classes from './failures.module.css';
import { drawnCategories } from './trend-reading.ts';

const Chart = lazy(() => import('./category-trend-chart.tsx'));

/** How the reasons of failures change over the iterations that are like a run. */
export function CategoryTrend({ run }: { run: Run }) {
  const { t } = useTranslation('improve');
  const scheme = useComputedColorScheme('light');
  const query = useApi('GET /api/runs/:run/category-trend', { params: { run: run.id } });
  return (
    <QueryState query={query} height={380}>
      {({ prompt, set, model, split, since, iterations }) => {
        const drawn = drawnCategories(iterations);
        if (drawn.length === 0) {
          return (
            <EmptyState icon={ChartNoAxesCombined} title={t('trend.nothing')}>
              {t('trend.nothingText')}
            </EmptyState>
          );
        }
        const open = iterations.filter(({ unsorted }) => unsorted > 0).length;
        const summary = t('trend.summary', {
          count: iterations.length,
          prompt,
          set,
          model,
          split: t(`common:split.${split}`),
        });
        return (
          <>
            {open > 0 && <Hint>{t('trend.open', { count: open })}</Hint>}
            <ChartFrame
              title={t('trend.title')}
              summary={summary}
              chart={
                <Suspense>
                  <Chart iterations={iterations} categories={drawn} summary={summary} scheme={scheme} />
                </Suspense>
              }
              table={
                <>
                  <ul className={classes.legend} aria-label={t('trend.legend')}>
                    {drawn.map((category, look) => (
                      <li key={category}>
                        <Swatch look={look} split="dev" /> {category}
                      </li>
                    ))}
                  </ul>
                  <CategoryTrendTable project={run.project} iterations={iterations} />
                </>
              }
            />
            {since !== null && (since.unsorted > 0 || since.shifts.length > 0) && (
              <CategoryShifts run={run} since={since} />
            )}
          </>
        );
      }}
    </QueryState>
  );
}
