import { Outlet, useParams } from '@tanstack/react-router';
import { useApi } from '../api/query.ts';
import { QueryState } from '../components/query-state.tsx';
import { Stepper } from '../components/stepper.tsx';

/** Every page of a project: its spine above, then the page. */
export function ProjectLayout() {
  const { project } = useParams({ from: '/projects/$project' });
  const query = useApi('GET /api/projects/:project', { params: { project } });
  return (
    <QueryState query={query} height={60}>
      {({ spine }) => (
        <>
          <Stepper project={project} spine={spine} />
          <Outlet />
        </>
      )}
    </QueryState>
  );
}
