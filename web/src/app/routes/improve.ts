import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { oneOf, text, wholeNumber } from './search.ts';

/** `sorted: 'no'`: only what has no category yet. */
type ImproveSearch = {
  run?: number;
  category?: string;
  sorted?: 'no';
  result?: number;
  view?: 'failures' | 'groups' | 'trend';
};

const sorted = oneOf('no');
const view = oneOf('failures', 'groups', 'trend');

const improve = createRoute({
  getParentRoute: () => projectRoute,
  path: '/improve',
  validateSearch: (search): ImproveSearch => ({
    run: wholeNumber(search.run),
    category: text(search.category),
    sorted: sorted(search.sorted),
    result: wholeNumber(search.result),
    view: view(search.view),
  }),
  component: lazyRouteComponent(() => import('../../pages/improve/improve.tsx'), 'Improve'),
});

export const improveRoutes = [improve] as const;
