import { Button, Group, Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { ObservationsTable } from './observations-table.tsx';
import { ScoreFilter } from './quality/score-filter.tsx';
import { ToSet } from './to-set/to-set.tsx';
import { useObservations } from './use-observations.ts';

const ROUTE = '/projects/$project/monitor';
type Props = { project: string; nameOf: (release: number | null) => string };

const none: ReadonlySet<number> = new Set();

/** The calls themselves, newest first, filtered by what users thought of them. */
export function ObservationsPanel({ project, nameOf }: Props) {
  const { t } = useTranslation('monitor');
  const { feedback, release, scored, scoredBy, search, observation } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const matching = { feedback, release, scored, scorer: scoredBy, search };
  const query = useObservations(project, matching);
  const [selected, setSelected] = useState<ReadonlySet<number>>(none);
  const choose = (value: string) =>
    navigate({
      search: (before) => ({ ...before, feedback: value === 'up' || value === 'down' ? value : undefined }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Paper component="section" aria-labelledby="observations">
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Title order={2} id="observations">
            {t('list.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('list.text')}
          </Text>
        </div>
        <Group gap="xs">
          <SearchField
            label={t('toSet:search')}
            search={search ?? ''}
            onFind={(found) =>
              navigate({ search: (before) => ({ ...before, search: found }), replace: true, resetScroll: false })
            }
          />
          <ScoreFilter project={project} />
          <SegmentedControl
            aria-label={t('list.feedback')}
            size="xs"
            value={feedback ?? 'all'}
            onChange={choose}
            data={[
              { value: 'all', label: t('filter.all') },
              { value: 'down', label: t('feedback.down') },
              { value: 'up', label: t('feedback.up') },
            ]}
          />
        </Group>
      </Group>
      <Group gap="xs" mb="xs" justify="flex-end">
        {selected.size > 0 && (
          <>
            <Text size="sm" role="status">
              {t('toSet:selected', { count: selected.size })}
            </Text>
            <Button size="xs" variant="subtle" onClick={() => setSelected(none)}>
              {t('toSet:clear')}
            </Button>
          </>
        )}
        <ToSet project={project} selected={selected} matching={matching} onAdded={() => setSelected(none)} />
      </Group>
      <QueryState query={query}>
        {(observations) =>
          observations.length === 0 ? (
            <EmptyState
              icon={SearchX}
              title={t('filter.nothing')}
              action={
                <Button
                  variant="default"
                  onClick={() => navigate({ search: ({ days }) => ({ days }), resetScroll: false })}
                >
                  {t('filter.clear')}
                </Button>
              }
            />
          ) : (
            <ObservationsTable
              observations={observations}
              open={observation}
              nameOf={nameOf}
              selected={selected}
              onSelect={setSelected}
              onOpen={({ id }) =>
                navigate({ search: (before) => ({ ...before, observation: id }), resetScroll: false })
              }
            />
          )
        }
      </QueryState>
      {query.isFetchNextPageError && <ErrorAlert error={query.error} retry={() => query.fetchNextPage()} />}
      {query.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {t('list.more')}
          </Button>
        </Group>
      )}
    </Paper>
  );
}
