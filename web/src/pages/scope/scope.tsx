import { useParams } from '@tanstack/react-router';
import { Calculator, History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { ToFirstVersion } from '../../components/to-first-version.tsx';
import { ScopeForm } from './scope-form.tsx';

/** How often it is looked whether someone else saved a version. */
const LOOK_MS = 15_000;

/** What the application should do, for whom, and what counts as success. */
export function Scope() {
  const { t } = useTranslation('scope');
  const { project } = useParams({ from: '/projects/$project/scope' });
  const query = useApi(
    'GET /api/projects/:project/scope-versions',
    { params: { project } },
    { refetchInterval: LOOK_MS },
  );
  const count = query.data?.versions.length ?? 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            {count > 0 && <ToFirstVersion project={project} />}
            <ButtonLink
              variant="default"
              to="/projects/$project/costs"
              params={{ project }}
              leftSection={<Calculator size={16} aria-hidden />}
            >
              {t('prices:toCosts')}
            </ButtonLink>
            {count > 0 && (
              <ButtonLink
                variant="default"
                to="/projects/$project/scope/versions"
                params={{ project }}
                leftSection={<History size={16} aria-hidden />}
              >
                {t('versions.open', { count })}
              </ButtonLink>
            )}
          </>
        }
      />
      <QueryState query={query} height={600}>
        {(history) => <ScopeForm key={project} project={project} history={history} />}
      </QueryState>
    </>
  );
}
