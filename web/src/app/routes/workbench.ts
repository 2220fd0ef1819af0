import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute, rootRoute } from './parents.tsx';
import { text } from './search.ts';

const projects = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../../pages/projects/projects.tsx'), 'Projects'),
});
/** `project` is whose privacy setting counts. */
type ModelsSearch = { project?: string };

const models = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  validateSearch: ({ project }): ModelsSearch => ({ project: text(project) }),
  component: lazyRouteComponent(() => import('../../pages/models/models.tsx'), 'Models'),
});
const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../../pages/settings/settings.tsx'), 'Settings'),
});
const apiReference = createRoute({
  getParentRoute: () => rootRoute,
  path: '/api-reference',
  component: lazyRouteComponent(() => import('../../pages/reference/api-reference.tsx'), 'ApiReference'),
});
export const overview = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  validateSearch: ({ set }): { set?: string } => ({ set: text(set) }),
  component: lazyRouteComponent(() => import('../../pages/projects/overview.tsx'), 'Overview'),
});

/** Pages that belong to no project. */
export const workbenchRoutes = [projects, models, settings, apiReference] as const;
