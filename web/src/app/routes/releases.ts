import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const releases = createRoute({
  getParentRoute: () => projectRoute,
  path: '/releases',
  component: lazyRouteComponent(() => import('../../pages/releases/releases.tsx'), 'Releases'),
});

export const releasesRoutes = [releases] as const;
