import { Button, Group, Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { ObservationsTable } from './observations-table.tsx';
import { ScoreFilter } from './quality/score-filter.tsx';
import { useObservations } from './use-observations.ts';

const ROUTE = '/projects/$project/monitor';
type Props = { project: string; nameOf: (release: number | null) => string };

/** The calls themselves, newest first, filtered by what users thought of them. */
export function ObservationsPanel({ project, nameOf }: Props) {
  const { t } = useTranslation('monitor');
  const { feedback, release, scored, scoredBy, observation } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const query = useObservations(project, { feedback, release, scored, scorer: scoredBy });
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
