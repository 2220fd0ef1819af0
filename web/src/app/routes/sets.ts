import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const sets = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets',
  component: lazyRouteComponent(() => import('../../pages/sets/sets.tsx'), 'Sets'),
});

export const setsRoutes = [sets] as const;
