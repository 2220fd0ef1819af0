import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { DateTime } from '../../../components/figures.tsx';
import { OutcomeBadge } from '../../../components/outcome-badge.tsx';
import { QueryState } from '../../../components/query-state.tsx';

/** What a call was scored by each generation, with why. */
export function ObservationScores({ id }: { id: number }) {
  const { t } = useTranslation('quality');
  const query = useApi('GET /api/observations/:id/scores', { params: { id } });
  return (
    <section>
      <Title order={3} mb={4}>
        {t('scores.title')}
      </Title>
      <QueryState query={query} height={40}>
        {({ scores: generations }) =>
          generations.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('scores.none')}
            </Text>
          ) : (
            <Stack gap="sm">
              {generations.map(({ generation, outcome, createdAt, scores }) => (
                <div key={generation}>
                  <Group gap="xs">
                    <OutcomeBadge outcome={outcome} />
                    <Text size="sm" c="dimmed">
                      {t('scores.generation', { number: generation })} · <DateTime at={createdAt} />
                    </Text>
                  </Group>
                  <ul>
                    {scores.map(({ scorer, value, passed, failure, explanation }) => (
                      <li key={scorer}>
                        <span className="mono">{scorer}</span>{' '}
                        <OutcomeBadge outcome={outcomeOf({ value, passed, failure })} />{' '}
                        <span className="verbatim">{explanation}</span>
                      </li>
                    ))}
                  </ul>
                </div>
              ))}
            </Stack>
          )
        }
      </QueryState>
    </section>
  );
}

type Judged = { value: number | null; passed: boolean; failure?: string };

function outcomeOf({ value, passed, failure }: Judged): 'passed' | 'failed' | 'no_answer' | 'error' {
  if (failure !== undefined) return 'error';
  return passed ? 'passed' : value === null ? 'no_answer' : 'failed';
}
