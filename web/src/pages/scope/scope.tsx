import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { ScopeForm } from './scope-form.tsx';

/** What the application should do, for whom, and what counts as success. */
export function Scope() {
  const { t } = useTranslation('scope');
  const { project } = useParams({ from: '/projects/$project/scope' });
  const query = useApi('GET /api/projects/:project', { params: { project } });
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <QueryState query={query}>
        {({ scope }) => <ScopeForm key={project} project={project} saved={scope} />}
      </QueryState>
    </>
  );
}
