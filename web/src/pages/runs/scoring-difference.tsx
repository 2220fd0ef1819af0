import { CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';

type Props = { run: Run; from: number; to: number; close: () => void };

/** What one scoring says otherwise than another of the same outputs. No test goes with it: the outputs are the same, only the measure differs. */
export function ScoringDifference({ run, from, to, close }: Props) {
  const { t } = useTranslation('scorings');
  const params = { run: run.id };
  const query = useApi('GET /api/runs/:run/scorings/compare', { params, query: { from, to } });
  return (
    <Stack component="section" gap="xs" aria-labelledby="scoring-difference">
      <Group justify="space-between">
        <Title order={3} size="sm" id="scoring-difference">
          {t('difference.title', { from, to })}
        </Title>
        <CloseButton aria-label={t('common:close')} onClick={close} />
      </Group>
      <QueryState query={query}>
        {({ counts, changed }) => {
          const differing = counts.filter((count) => count.from !== count.to);
          const total = differing.reduce((sum, { count }) => sum + count, 0);
          const same = counts.filter((count) => count.from === count.to).reduce((sum, { count }) => sum + count, 0);
          return (
            <Stack gap="xs">
              <Text size="sm">
                {[
                  t('difference.same', { n: formatNumber(same) }),
                  ...differing.map((count) =>
                    t('difference.change', {
                      n: formatNumber(count.count),
                      from: t(`common:outcome.${count.from}`),
                      to: t(`common:outcome.${count.to}`),
                    }),
                  ),
                ].join(' · ')}
              </Text>
              {changed.length > 0 && (
                <ul style={{ margin: 0, maxHeight: 240, overflow: 'auto' }} aria-label={t('difference.list')}>
                  {changed.map((one) => (
                    <li key={one.result}>
                      <AnchorLink
                        underline="always"
                        to="/projects/$project/runs/$run"
                        params={{ project: run.project, run: String(run.id) }}
                        search={{ result: one.result }}
                      >
                        {one.caseKey}
                      </AnchorLink>{' '}
                      <span className="dim">
                        {t(`common:outcome.${one.from}`)} → {t(`common:outcome.${one.to}`)}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {total > changed.length && (
                <Text size="sm" c="dimmed">
                  {t('difference.first', { n: formatNumber(changed.length), total: formatNumber(total) })}
                </Text>
              )}
              <Text size="xs" c="dimmed">
                {t('difference.why')}
              </Text>
            </Stack>
          );
        }}
      </QueryState>
    </Stack>
  );
}
