import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const scope = createRoute({
  getParentRoute: () => projectRoute,
  path: '/scope',
  component: lazyRouteComponent(() => import('../../pages/scope/scope.tsx'), 'Scope'),
});

export const scopeRoutes = [scope] as const;
