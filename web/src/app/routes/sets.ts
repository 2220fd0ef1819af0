import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { text, wholeNumber } from './search.ts';

type SetSearch = { version?: number; case?: string };

const sets = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets',
  component: lazyRouteComponent(() => import('../../pages/sets/sets.tsx'), 'Sets'),
});
const set = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets/$set',
  validateSearch: (search): SetSearch => ({ version: wholeNumber(search.version), case: text(search.case) }),
  component: lazyRouteComponent(() => import('../../pages/sets/set.tsx'), 'EvalSet'),
});

export const setsRoutes = [sets, set] as const;
