import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { oneOf, text, wholeNumber } from './search.ts';

type RunsSearch = {
  new?: true;
  prompt?: string;
  version?: number;
  set?: string;
  model?: string;
  split?: 'dev' | 'holdout' | 'all';
};
type RunSearch = {
  outcome?: 'passed' | 'failed' | 'no_answer' | 'error' | 'not_passed';
  split?: 'dev' | 'holdout';
  category?: string;
  search?: string;
  result?: number;
};

const split = oneOf('dev', 'holdout', 'all');
const side = oneOf('dev', 'holdout');
const outcome = oneOf('passed', 'failed', 'no_answer', 'error', 'not_passed');

const runs = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs',
  validateSearch: (search): RunsSearch => ({
    new: search.new === true ? true : undefined,
    prompt: text(search.prompt),
    version: wholeNumber(search.version),
    set: text(search.set),
    model: text(search.model),
    split: split(search.split),
  }),
  component: lazyRouteComponent(() => import('../../pages/runs/runs.tsx'), 'Runs'),
});
const run = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs/$run',
  validateSearch: (search): RunSearch => ({
    outcome: outcome(search.outcome),
    split: side(search.split),
    category: text(search.category),
    search: text(search.search),
    result: wholeNumber(search.result),
  }),
  component: lazyRouteComponent(() => import('../../pages/runs/run.tsx'), 'Run'),
});
const compare = createRoute({
  getParentRoute: () => projectRoute,
  path: '/compare/$a/$b',
  component: lazyRouteComponent(() => import('../../pages/runs/compare.tsx'), 'Compare'),
});

export const runsRoutes = [runs, run, compare] as const;
