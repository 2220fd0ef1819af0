import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CirclePlay, GitCompareArrows, Grid3x3, Plus } from 'lucide-react';
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
import { type Choices, RunsFilters, useRunChoices } from './runs-filters.tsx';
import { RunsTable } from './runs-table.tsx';
import { isLongList, useRunPages } from './use-run-pages.ts';

const ROUTE = '/projects/$project/runs';
/** Runs that are compared at once. */
const MOST = 6;

/** The runs of a project: the chart of iterations, and the table to choose some from. */
export function Runs() {
  const { t } = useTranslation('runs');
  const { project } = useParams({ from: ROUTE });
  const { archived } = useSearch({ from: ROUTE });
  const navigate = useNavigate();
  const query = useRunChoices(project);
  useHotkey('n', t('new.title'), () => void navigate({ to: '/projects/$project/runs/new', params: { project } }));
  useHotkey('m', t('matrix:title'), () => void navigate({ to: '/projects/$project/runs/matrix', params: { project } }));
  return (
    <>
      <PageHeader
        title={t('common:pages.runs')}
        subtitle={t('list.subtitle')}
        actions={
          <>
            <ButtonLink
              to="/projects/$project/runs/matrix"
              params={{ project }}
              variant="default"
              leftSection={<Grid3x3 size={16} aria-hidden />}
            >
              {t('matrix:title')}
            </ButtonLink>
            <ButtonLink
              to="/projects/$project/runs/new"
              params={{ project }}
              leftSection={<Plus size={16} aria-hidden />}
            >
              {t('new.title')}
            </ButtonLink>
          </>
        }
      />
      <QueryState query={query}>
        {(choices) =>
          choices.prompts.length === 0 ? (
            <NoRuns project={project} />
          ) : (
            <Stack gap="lg">
              <IterationChart project={project} archived={archived} />
              <RunList project={project} choices={choices} />
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

function RunList({ project, choices }: { project: string; choices: Choices }) {
  const { t } = useTranslation('runs');
  const { prompt, model, set, split, status, tag, archived, search } = useSearch({ from: ROUTE });
  const counts = useApi('GET /api/projects/:project/comment-counts', { params: { project } });
  // A column can be sorted by only with all the runs at hand.
  const [all, setAll] = useState(false);
  const query = useRunPages(project, { prompt, model, set, split, status, tag, archived, search }, all);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const choose = useCallback(
    (run: number, on: boolean) =>
      // A seventh takes the place of the one chosen first.
      setChosen((before) => (on ? [...before, run].slice(-MOST) : before.filter((other) => other !== run))),
    [],
  );
  const { hasNextPage, fetchNextPage } = query;
  const readOn = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <section aria-labelledby="runs-list">
      <Group justify="space-between" mb="xs">
        <Group gap="xs" align="baseline">
          <Title order={2} id="runs-list">
            {t('list.title')}
          </Title>
          <Text size="sm" c="dimmed" role="status">
            {query.data !== undefined && t('runList:count', { count: query.data.count })}
          </Text>
        </Group>
        <CompareButton project={project} chosen={chosen} />
      </Group>
      <RunsFilters choices={choices} />
      <QueryState query={query}>
        {({ runs, count }) =>
          count === 0 ? (
            <p className="dim">{t('list.noMatch')}</p>
          ) : (
            <CommentCounts counts={counts.data?.runs} idOf={runOf}>
              <RunsTable
                runs={runs}
                knownTags={choices.tags}
                chosen={chosen}
                onChoose={choose}
                maxHeight={isLongList(count) ? '70vh' : undefined}
                onEnd={hasNextPage && isLongList(count) ? readOn : undefined}
                onSort={() => setAll(isLongList(count))}
              />
            </CommentCounts>
          )
        }
      </QueryState>
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
