import { Group, Select, Skeleton, Stack, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleCheck, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatPercent } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { type Run, useRuns } from '../../components/use-runs.ts';
import { Hint } from '../runs/hint.tsx';
import { CategoryCounts } from './category-counts.tsx';
import { CategoryTrend } from './category-trend.tsx';
import { FailureList } from './failure-list.tsx';
import classes from './failures.module.css';
import { NextImprovement } from './next-improvement.tsx';
import type { RunCategories } from './run-categories.ts';
import { SuggestedGroups } from './suggested-groups.tsx';

const ROUTE = '/projects/$project/improve';
const DIGITS = 9;
const VIEWS = ['failures', 'groups', 'trend'] as const;

/** What failed in a run, why in people's own words, how often, and the way to the next version. */
export function Improve() {
  const { t } = useTranslation('improve');
  const { project } = useParams({ from: ROUTE });
  const { run: asked } = useSearch({ from: ROUTE });
  const runs = useRuns(project);
  // It may be older than those that are listed.
  const one = useApi('GET /api/runs/:run', { params: { run: asked ?? 0 } }, { enabled: asked !== undefined });
  return (
    <>
      <PageHeader title={t('common:pages.improve')} subtitle={t('subtitle')} />
      <QueryState query={runs}>
        {({ runs: all }) => {
          const listed = asked === undefined || all.some(({ id }) => id === asked);
          if (!listed && one.isPending) return <Skeleton height={300} />;
          const older = !listed && one.data?.project === project ? [one.data] : [];
          const judged = [...all, ...older].filter(({ passRate }) => passRate !== null);
          // Holdout is for deciding; its failures are read only when asked for.
          const working = judged.filter(({ split }) => split !== 'holdout');
          const newest = working.find(({ status }) => status === 'completed') ?? working[0] ?? judged[0];
          const run = judged.find(({ id }) => id === asked) ?? newest;
          if (run !== undefined) return <RunFailures key={run.id} run={run} runs={judged} />;
          return (
            <EmptyState
              icon={Play}
              title={t('noRun')}
              action={
                <ButtonLink to="/projects/$project/runs/new" params={{ project }}>
                  {t('toRun')}
                </ButtonLink>
              }
            >
              {t('noRunText')}
            </EmptyState>
          );
        }}
      </QueryState>
    </>
  );
}

function RunFailures({ run, runs }: { run: Run; runs: readonly Run[] }) {
  const { t } = useTranslation('improve');
  const { view = 'failures' } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const counts = useApi('GET /api/runs/:run/categories', { params: { run: run.id } });
  const show = (next: string | null) => {
    const chosen = VIEWS.find((one) => one === next);
    void navigate({ search: { run: run.id, view: chosen === 'failures' ? undefined : chosen }, resetScroll: false });
  };
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Select
          label={t('run')}
          allowDeselect={false}
          searchable
          w={{ base: '100%', sm: 460 }}
          data={runs.map((one) => ({
            value: String(one.id),
            label: [
              `#${one.id}`,
              `${one.prompt}@${one.version}`,
              one.model,
              t(`common:split.${one.split}`),
              formatPercent(one.passRate ?? 0),
            ].join(' · '),
          }))}
          value={String(run.id)}
          onChange={(id) => navigate({ search: (before) => ({ run: Number(id), view: before.view }) })}
        />
      </Group>
      {run.split === 'holdout' && <Hint>{t('holdout')}</Hint>}
      <QueryState query={counts} height={300}>
        {(found) =>
          found.failed === 0 ? (
            <EmptyState icon={CircleCheck} title={t('nothingFailed')}>
              {t('nothingFailedText')}
            </EmptyState>
          ) : (
            <>
              <NextImprovement run={run} />
              <Tabs value={view} onChange={show} keepMounted={false}>
                <Tabs.List mb="md">
                  {VIEWS.map((one) => (
                    <Tabs.Tab key={one} value={one}>
                      {t(`views.${one}`)}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
                <Tabs.Panel value="failures">
                  <Failures run={run} counts={found} />
                </Tabs.Panel>
                <Tabs.Panel value="groups">
                  <SuggestedGroups run={run} />
                </Tabs.Panel>
                <Tabs.Panel value="trend">
                  <Stack gap="md">
                    <CategoryTrend run={run} />
                  </Stack>
                </Tabs.Panel>
              </Tabs>
            </>
          )
        }
      </QueryState>
    </Stack>
  );
}

function Failures({ run, counts }: { run: Run; counts: RunCategories }) {
  const { category, sorted } = useSearch({ from: ROUTE });
  const byDigit = useDigits(counts);
  return (
    <div className={classes.sides}>
      <CategoryCounts project={run.project} counts={counts} byDigit={byDigit} />
      <FailureList run={run} category={sorted === 'no' ? '' : category} byDigit={byDigit} />
    </div>
  );
}

/**
 * Categories in the order in which they came into use here: a digit must not change its meaning under a person's fingers. Only the digit of a category that is
 * gone, because it was merged for instance, goes to another; until then it is empty.
 */
function useDigits({ categories }: RunCategories): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const used = categories.map(({ category }) => category);
  const fresh = used.filter((category) => !known.includes(category));
  const kept = known.map((category) => (used.includes(category) ? category : (fresh.shift() ?? '')));
  const next = [...kept, ...fresh].slice(0, DIGITS);
  if (next.join('\n') !== known.join('\n')) setKnown(next);
  return known;
}
