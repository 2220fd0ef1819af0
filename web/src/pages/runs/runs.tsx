import { Button, Group, Stack, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CirclePlay, GitCompareArrows, Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { CommentCounts } from '../../components/comment-sign.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { IterationChart } from '../../components/iteration-chart.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { type Run, useRuns } from '../../components/use-runs.ts';
import { matches } from './runs-filter.ts';
import { RunsFilters } from './runs-filters.tsx';
import { RunsTable } from './runs-table.tsx';

const ROUTE = '/projects/$project/runs';
/** Runs that are compared at once. */
const MOST = 6;

/** Every run of a project: the chart of iterations, and the table to choose two from. */
export function Runs() {
  const { t } = useTranslation('runs');
  const { project } = useParams({ from: ROUTE });
  const navigate = useNavigate();
  const query = useRuns(project);
  useHotkey('n', t('new.title'), () => void navigate({ to: '/projects/$project/runs/new', params: { project } }));
  return (
    <>
      <PageHeader
        title={t('common:pages.runs')}
        subtitle={t('list.subtitle')}
        actions={
          <ButtonLink
            to="/projects/$project/runs/new"
            params={{ project }}
            leftSection={<Plus size={16} aria-hidden />}
          >
            {t('new.title')}
          </ButtonLink>
        }
      />
      <QueryState query={query}>
        {({ runs }) =>
          runs.length === 0 ? (
            <NoRuns project={project} />
          ) : (
            <Stack gap="lg">
              <IterationChart project={project} />
              <RunList project={project} runs={runs} />
            </Stack>
          )
        }
      </QueryState>
    </>
  );
}

function NoRuns({ project }: { project: string }) {
  const { t } = useTranslation('runs');
  return (
    <EmptyState
      icon={CirclePlay}
      title={t('list.empty')}
      action={
        <ButtonLink to="/projects/$project/runs/new" params={{ project }}>
          {t('new.title')}
        </ButtonLink>
      }
    >
      {t('list.emptyText')}
    </EmptyState>
  );
}

const runOf = ({ run }: { run: number }) => String(run);

function RunList({ project, runs }: { project: string; runs: readonly Run[] }) {
  const { t } = useTranslation('runs');
  const filter = useSearch({ from: ROUTE });
  const counts = useApi('GET /api/projects/:project/comment-counts', { params: { project } });
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const choose = useCallback(
    (run: number, on: boolean) =>
      // A seventh takes the place of the one chosen first.
      setChosen((before) => (on ? [...before, run].slice(-MOST) : before.filter((other) => other !== run))),
    [],
  );
  const shown = runs.filter((run) => matches(run, filter));
  const knownTags = [...new Set(runs.flatMap(({ tags }) => tags))].sort();
  return (
    <section aria-labelledby="runs-list">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="runs-list">
          {t('list.title')}
        </Title>
        <Group gap="xs">
          <CompareButton project={project} chosen={chosen} />
        </Group>
      </Group>
      <RunsFilters runs={runs} />
      {shown.length === 0 ? (
        <p className="dim">{t('list.noMatch')}</p>
      ) : (
        <CommentCounts counts={counts.data?.runs} idOf={runOf}>
          <RunsTable runs={shown} knownTags={knownTags} chosen={chosen} onChoose={choose} />
        </CommentCounts>
      )}
    </section>
  );
}

/** The earliest of the chosen is the baseline of the others. */
function CompareButton({ project, chosen }: { project: string; chosen: readonly number[] }) {
  const { t } = useTranslation('runs');
  const navigate = useNavigate();
  const ready = chosen.length > 1;
  const runs = chosen.toSorted((x, y) => x - y).join(',');
  useHotkey('c', t('compare:hotkey'), () => {
    if (ready) void navigate({ to: '/projects/$project/compare', params: { project }, search: { runs } });
  });
  const icon = <GitCompareArrows size={14} aria-hidden />;
  if (!ready) {
    return (
      <Button size="xs" variant="default" leftSection={icon} disabled>
        {t('compare:choose')}
      </Button>
    );
  }
  return (
    <ButtonLink size="xs" leftSection={icon} to="/projects/$project/compare" params={{ project }} search={{ runs }}>
      {t('compare:button', { count: chosen.length })}
    </ButtonLink>
  );
}
