import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { Comments } from '../../components/comments.tsx';

export const useScopeComments = (project: string) =>
  useApi('GET /api/projects/:project/scope/comments', { params: { project } });

/** What people said of the scope, whatever version of it. */
export function ScopeComments({ project, saved }: { project: string; saved: boolean }) {
  const { t } = useTranslation('scope');
  const query = useScopeComments(project);
  return (
    <Paper id="comments" tabIndex={-1}>
      {saved ? (
        <Comments query={query} subjects={[{ kind: 'scope', project }]} order={2} />
      ) : (
        <>
          <Title order={2}>{t('comments:title')}</Title>
          <Text size="sm" c="dimmed">
            {t('commentsLater')}
          </Text>
        </>
      )}
    </Paper>
  );
}
