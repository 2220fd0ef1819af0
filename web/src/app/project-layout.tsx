import { Outlet, useMatch, useParams } from '@tanstack/react-router';
import { useApi } from '../api/query.ts';
import { QueryState } from '../components/query-state.tsx';
import { Stepper } from '../components/stepper.tsx';

/** Runs also end by themselves and in other processes: the spine keeps up. */
const REFRESH_MS = 10_000;

/** Every page of a project: its spine above, then the page. */
export function ProjectLayout() {
  const { project } = useParams({ from: '/projects/$project' });
  const overview = useMatch({ from: '/projects/$project/', shouldThrow: false });
  const query = useApi('GET /api/projects/:project', { params: { project } }, { refetchInterval: REFRESH_MS });
  return (
    <QueryState query={query} height={60}>
      {({ spine }) => (
        <>
          <Stepper project={project} spine={spine} full={overview !== undefined} />
          <Outlet />
        </>
      )}
    </QueryState>
  );
}
