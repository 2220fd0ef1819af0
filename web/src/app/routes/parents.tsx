import { createRootRoute, createRoute } from '@tanstack/react-router';
import { ProjectLayout } from '../project-layout.tsx';
import { Shell } from '../shell.tsx';

export const rootRoute = createRootRoute({ component: Shell });

/** Parent of every page of a project: its spine stands above them. */
export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/projects/$project',
  component: ProjectLayout,
});
