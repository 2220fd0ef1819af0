import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const runs = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs',
  component: lazyRouteComponent(() => import('../../pages/runs/runs.tsx'), 'Runs'),
});

export const runsRoutes = [runs] as const;
