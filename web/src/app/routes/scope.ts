import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { wholeNumber } from './search.ts';

/** The versions that are compared; `all` shows what is the same too. */
type VersionsSearch = { from?: number; to?: number; all?: true };

const scope = createRoute({
  getParentRoute: () => projectRoute,
  path: '/scope',
  component: lazyRouteComponent(() => import('../../pages/scope/scope.tsx'), 'Scope'),
});
const versions = createRoute({
  getParentRoute: () => projectRoute,
  path: '/scope/versions',
  validateSearch: (search): VersionsSearch => ({
    from: wholeNumber(search.from),
    to: wholeNumber(search.to),
    all: search.all === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('../../pages/scope/scope-versions.tsx'), 'ScopeVersions'),
});

export const scopeRoutes = [scope, versions] as const;
