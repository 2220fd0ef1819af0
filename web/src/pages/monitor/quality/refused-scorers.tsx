import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';

/** Scorers that can't judge production's calls, by why. */
export function RefusedScorers({ project }: { project: string }) {
  const { t } = useTranslation('quality');
  const { data } = useApi('GET /api/projects/:project/online-scoring', { params: { project } });
  const refused = data?.scorers.filter(({ refused: why }) => why !== null) ?? [];
  return (
    <details>
      <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
        {t('settings.refused', { count: refused.length })}
      </Text>
      {[...Map.groupBy(refused, ({ refused: why }) => why)].map(
        ([why, scorers]) =>
          why !== null && (
            <Text key={why} size="sm" mt={4}>
              {t(`settings.why.${why}`)} <span className="mono">{scorers.map(({ name }) => name).join(', ')}</span>
            </Text>
          ),
      )}
    </details>
  );
}
