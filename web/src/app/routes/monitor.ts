import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const monitor = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor',
  component: lazyRouteComponent(() => import('../../pages/monitor/monitor.tsx'), 'Monitor'),
});

export const monitorRoutes = [monitor] as const;
