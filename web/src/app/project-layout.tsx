import { Outlet, useMatch, useParams } from '@tanstack/react-router';
import { FolderX } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/query.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ButtonLink } from '../components/link.tsx';
import { LocalModelBanner } from '../components/local-model-banner.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { QueryState } from '../components/query-state.tsx';
import { Stepper } from '../components/stepper.tsx';
import { rememberProject } from './current-project.ts';

/** Runs also end by themselves and in other processes: the spine keeps up. */
const REFRESH_MS = 10_000;

/** Every page of a project: its spine above, then the page. */
export function ProjectLayout() {
  const { project } = useParams({ from: '/projects/$project' });
  const overview = useMatch({ from: '/projects/$project/', shouldThrow: false });
  const query = useApi('GET /api/projects/:project', { params: { project } }, { refetchInterval: REFRESH_MS });
  const slug = query.data?.slug;
  useEffect(() => {
    if (slug !== undefined) rememberProject(slug);
  }, [slug]);

  if (query.error?.status === 404) return <NoProject project={project} />;
  return (
    <QueryState query={query} height={60}>
      {({ spine }) => (
        <>
          <Stepper project={project} spine={spine} full={overview !== undefined} />
          <LocalModelBanner projects={[project]} />
          <Outlet />
        </>
      )}
    </QueryState>
  );
}

function NoProject({ project }: { project: string }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <EmptyState
        icon={FolderX}
        title={t('notFound.project', { project })}
        action={<ButtonLink to="/">{t('notFound.action')}</ButtonLink>}
      >
        {t('notFound.text')}
      </EmptyState>
    </>
  );
}
