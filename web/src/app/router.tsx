import { createRouter } from '@tanstack/react-router';
import { Crash } from '../pages/crash.tsx';
import { NotFound } from '../pages/not-found.tsx';
import { costsRoute, projectCostsRoute } from './routes/costs.ts';
import { improveRoutes } from './routes/improve.ts';
import { monitorRoutes } from './routes/monitor.ts';
import { projectRoute, rootRoute } from './routes/parents.tsx';
import { promptsRoutes } from './routes/prompts.ts';
import { releasesRoutes } from './routes/releases.ts';
import { runsRoutes } from './routes/runs.ts';
import { scopeRoutes } from './routes/scope.ts';
import { setsRoutes } from './routes/sets.ts';
import { startRoutes } from './routes/start.ts';
import { tracesRoutes } from './routes/traces.ts';
import { overview, workbenchRoutes } from './routes/workbench.ts';

const projectPages = projectRoute.addChildren([
  overview,
  ...scopeRoutes,
  ...startRoutes,
  projectCostsRoute,
  ...promptsRoutes,
  ...setsRoutes,
  ...runsRoutes,
  ...improveRoutes,
  ...releasesRoutes,
  ...monitorRoutes,
  ...tracesRoutes,
]);

export const router = createRouter({
  routeTree: rootRoute.addChildren([...workbenchRoutes, costsRoute, projectPages]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
