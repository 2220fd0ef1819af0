import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const improve = createRoute({
  getParentRoute: () => projectRoute,
  path: '/improve',
  component: lazyRouteComponent(() => import('../../pages/improve/improve.tsx'), 'Improve'),
});

export const improveRoutes = [improve] as const;
