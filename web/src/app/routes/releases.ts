import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { text, wholeNumber } from './search.ts';

/** What is asked to be approved. */
type ReleasesSearch = { prompt?: string; version?: number; model?: string };

const releases = createRoute({
  getParentRoute: () => projectRoute,
  path: '/releases',
  validateSearch: ({ prompt, version, model }): ReleasesSearch => ({
    prompt: text(prompt),
    version: wholeNumber(version),
    model: text(model),
  }),
  component: lazyRouteComponent(() => import('../../pages/releases/releases.tsx'), 'Releases'),
});

export const releasesRoutes = [releases] as const;
