import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';

const prompts = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts',
  component: lazyRouteComponent(() => import('../../pages/prompts/prompts.tsx'), 'Prompts'),
});

export const promptsRoutes = [prompts] as const;
