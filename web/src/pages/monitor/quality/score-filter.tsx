import { Group, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';

const ROUTE = '/projects/$project/monitor';
const outcomes = ['passed', 'failed', 'error'] as const;

/** Filters the calls by what they were scored as, as a whole or by one scorer. Nothing where none was ever scored. */
export function ScoreFilter({ project }: { project: string }) {
  const { t } = useTranslation('quality');
  const { scored, scoredBy } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const { data } = useApi('GET /api/projects/:project/online-scoring', { params: { project } });
  const scorers = [
    ...new Set(data?.prompts.flatMap(({ generations: [newest] }) => newest?.typed ?? [])),
    ...(scoredBy === undefined ? [] : [scoredBy]),
  ];
  if (scorers.length === 0) return null;
  const choose = (part: { scored?: (typeof outcomes)[number]; scoredBy?: string }) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <Group gap="xs">
      <Select
        aria-label={t('filter.scored')}
        size="xs"
        w={130}
        data={[
          { value: '', label: t('filter.any') },
          ...outcomes.map((outcome) => ({ value: outcome, label: t(`filter.${outcome}`) })),
        ]}
        value={scored ?? ''}
        allowDeselect={false}
        onChange={(value) => {
          const found = outcomes.find((outcome) => outcome === value);
          choose({ scored: found, scoredBy: found === undefined ? undefined : scoredBy });
        }}
      />
      {scored !== undefined && (
        <Select
          aria-label={t('filter.scorer')}
          size="xs"
          w={180}
          data={[{ value: '', label: t('filter.anyScorer') }, ...new Set(scorers)]}
          value={scoredBy ?? ''}
          allowDeselect={false}
          onChange={(value) => choose({ scored, scoredBy: value || undefined })}
        />
      )}
    </Group>
  );
}
