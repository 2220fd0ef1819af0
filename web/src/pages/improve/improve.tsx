import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleCheck, Play, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatPercent } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { type Run, useRuns } from '../../components/use-runs.ts';
import { useResults } from '../runs/use-results.ts';
import { CategoryCounts } from './category-counts.tsx';
import { FailureCard } from './failure-card.tsx';

/** Cards drawn at once: each has a form. */
const CARDS = 50;
const ROUTE = '/projects/$project/improve';

/** What failed in a run, why in people's own words, how often, and the way to the next version. */
export function Improve() {
  const { t } = useTranslation('improve');
  const { project } = useParams({ from: ROUTE });
  const { run: asked } = useSearch({ from: ROUTE });
  const runs = useRuns(project);
  return (
    <>
      <PageHeader title={t('common:pages.improve')} subtitle={t('subtitle')} />
      <QueryState query={runs}>
        {({ runs: all }) => {
          const judged = all.filter(({ passRate }) => passRate !== null);
          // Holdout is for deciding; its failures are read only when asked for.
          const working = judged.find(({ split }) => split !== 'holdout') ?? judged[0];
          const run = judged.find(({ id }) => id === asked) ?? working;
          if (run !== undefined) return <FailuresOf run={run} runs={judged} />;
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

function FailuresOf({ run, runs }: { run: Run; runs: readonly Run[] }) {
  const { t } = useTranslation('improve');
  const { category, sorted } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [most, setMost] = useState(CARDS);
  const query = useResults(run.id, { outcome: 'not_passed' }, { all: true });
  const failures = query.data ?? [];
  const shown = failures.filter(({ review }) => {
    const own = review?.category ?? '';
    return sorted === 'no' ? own === '' : category === undefined || own === category;
  });
  return (
    <Stack gap="md">
      <Group gap="md" align="flex-end">
        <Select
          label={t('run')}
          allowDeselect={false}
          w={{ base: '100%', sm: 420 }}
          data={runs.map((one) => ({
            value: String(one.id),
            label: `#${one.id} · ${one.prompt}@${one.version} · ${one.model} · ${formatPercent(one.passRate ?? 0)}`,
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
          {t('newVersion', { version: run.version })}
        </ButtonLink>
      </Group>
      {query.error !== null ? (
        <ErrorAlert error={query.error} />
      ) : query.isPending ? (
        <Skeleton height={300} />
      ) : failures.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('nothingFailed')}>
          {t('nothingFailedText')}
        </EmptyState>
      ) : (
        <>
          <CategoryCounts failures={failures} />
          <Text c="dimmed" size="sm" role="status">
            {t('shown', { count: Math.min(most, shown.length), of: failures.length })}
          </Text>
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
            {shown.slice(0, most).map((result) => (
              <FailureCard key={result.id} project={run.project} run={run.id} result={result} />
            ))}
          </Stack>
          {shown.length > most && (
            <Button variant="default" onClick={() => setMost(most + CARDS)}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Stack>
  );
}
