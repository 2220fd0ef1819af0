import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { text, wholeNumber } from './search.ts';

type ReleasesSearch = {
  /** Opens the approval; with these it is about them. */
  approve?: true;
  prompt?: string;
  version?: number;
  model?: string;
  /** Id of the release that a label is to be pointed to. */
  point?: number;
  /** Id of the release whose details are open. */
  release?: number;
  /** Number of the request whose details are open. */
  request?: number;
  /** Slug of the prompt of which `production` is to be rolled back. */
  rollBack?: string;
};

const releases = createRoute({
  getParentRoute: () => projectRoute,
  path: '/releases',
  validateSearch: ({ approve, prompt, version, model, point, release, request, rollBack }): ReleasesSearch => ({
    approve: approve === true ? true : undefined,
    prompt: text(prompt),
    version: wholeNumber(version),
    model: text(model),
    point: wholeNumber(point),
    release: wholeNumber(release),
    request: wholeNumber(request),
    rollBack: text(rollBack),
  }),
  component: lazyRouteComponent(() => import('../../pages/releases/releases.tsx'), 'Releases'),
});

export const releasesRoutes = [releases] as const;
