import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readCostSearch } from './cost-search.ts';
import { projectRoute, rootRoute } from './parents.tsx';

/** Without a project: whose limits count is not said. */
export const costsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/costs',
  validateSearch: readCostSearch,
  component: lazyRouteComponent(() => import('../../pages/costs/costs.tsx'), 'Costs'),
});
export const projectCostsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/costs',
  validateSearch: readCostSearch,
  component: lazyRouteComponent(() => import('../../pages/costs/costs.tsx'), 'ProjectCosts'),
});
