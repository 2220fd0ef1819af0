import { Group, Select, Skeleton, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleCheck, Play, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatPercent } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { type Run, useRuns } from '../../components/use-runs.ts';
import { Hint } from '../runs/hint.tsx';
import { useResults } from '../runs/use-results.ts';
import type { Result } from '../runs/verdict-text.tsx';
import { CategoryCounts, countsOf } from './category-counts.tsx';
import { FailureList } from './failure-list.tsx';
import classes from './failures.module.css';

const ROUTE = '/projects/$project/improve';
const DIGITS = 9;

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
  const { category } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const query = useResults(run.id, { outcome: 'not_passed' });
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
          onChange={(id) => navigate({ search: { run: Number(id) } })}
        />
        <ButtonLink
          to="/projects/$project/prompts/$prompt/edit"
          params={{ project: run.project, prompt: run.prompt }}
          search={{ from: run.version, failures: run.id, category }}
          leftSection={<Wrench size={16} aria-hidden />}
        >
          {category === undefined
            ? t('newVersion', { version: run.version })
            : t('newVersionFor', { version: run.version, category })}
        </ButtonLink>
      </Group>
      {run.split === 'holdout' && <Hint>{t('holdout')}</Hint>}
      {query.error !== null ? (
        <ErrorAlert error={query.error} retry={() => query.refetch()} />
      ) : query.isPending ? (
        <Skeleton height={300} />
      ) : (
        <Failures run={run} results={query.data} />
      )}
    </Stack>
  );
}

function Failures({ run, results }: { run: Run; results: readonly Result[] }) {
  const { t } = useTranslation('improve');
  const { category, sorted } = useSearch({ from: ROUTE });
  // An error says nothing of the prompt.
  const failures = results.filter(({ outcome }) => outcome !== 'error');
  const byDigit = useDigits(failures);
  if (failures.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title={t('nothingFailed')}>
        {t('nothingFailedText')}
      </EmptyState>
    );
  }
  const shown = failures.filter(({ review }) => {
    const own = review?.category ?? '';
    return sorted === 'no' ? own === '' : category === undefined || own === category;
  });
  return (
    <div className={classes.sides}>
      <CategoryCounts failures={failures} byDigit={byDigit} />
      <FailureList run={run} shown={shown} total={failures.length} byDigit={byDigit} />
    </div>
  );
}

/** Categories in the order in which they came into use here: a digit must not change its meaning under a person's fingers. */
function useDigits(failures: readonly Result[]): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const fresh = countsOf(failures).flatMap(({ category }) =>
    category === '' || known.includes(category) ? [] : [category],
  );
  if (fresh.length > 0 && known.length < DIGITS) setKnown([...known, ...fresh].slice(0, DIGITS));
  return known;
}
