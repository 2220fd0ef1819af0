import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { readRunSearch } from './run-search.ts';
import { oneOf, text, wholeNumber } from './search.ts';

type NewRunSearch = {
  prompt?: string;
  version?: number;
  set?: string;
  model?: string;
  split?: 'dev' | 'holdout' | 'all';
};
type RunsSearch = NewRunSearch & {
  new?: true;
  search?: string;
  status?: 'queued' | 'running' | 'paused' | 'completed' | 'cancelled' | 'interrupted' | 'failed';
  tag?: string;
  archived?: 'with' | 'only';
};
type CompareSearch = {
  group?: 'fixed' | 'broken' | 'bothPass' | 'bothFail' | 'excluded';
  split?: 'dev' | 'holdout';
  differ?: true;
  /** What differs from the baseline is marked, instead of what is wrong. */
  marks?: true;
  case?: string;
};

const split = oneOf('dev', 'holdout', 'all');
const side = oneOf('dev', 'holdout');
const group = oneOf('fixed', 'broken', 'bothPass', 'bothFail', 'excluded');
const status = oneOf('queued', 'running', 'paused', 'completed', 'cancelled', 'interrupted', 'failed');
const archived = oneOf('with', 'only');
const yes = (value: unknown): true | undefined => (value === true ? true : undefined);

const sampleSize = (value: unknown): number | undefined => {
  const size = wholeNumber(value);
  return size === undefined || size < 1 ? undefined : Math.min(size, 1000);
};

const prefill = (search: Record<string, unknown>): NewRunSearch => ({
  prompt: text(search.prompt),
  version: wholeNumber(search.version),
  set: text(search.set),
  model: text(search.model),
  split: split(search.split),
});

const runs = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs',
  validateSearch: (search): RunsSearch => ({
    ...prefill(search),
    new: yes(search.new),
    search: text(search.search),
    status: status(search.status),
    tag: text(search.tag),
    archived: archived(search.archived),
  }),
  beforeLoad: ({ search: { new: isNew, prompt, version, set, model, split }, params }) => {
    const given = { prompt, version, set, model, split };
    if (isNew) throw redirect({ to: '/projects/$project/runs/new', params, search: given, replace: true });
  },
  component: lazyRouteComponent(() => import('../../pages/runs/runs.tsx'), 'Runs'),
});
const newRun = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs/new',
  validateSearch: prefill,
  component: lazyRouteComponent(() => import('../../pages/runs/new-run.tsx'), 'NewRun'),
});
const matrix = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs/matrix',
  validateSearch: (search): Omit<NewRunSearch, 'model'> => ({
    prompt: text(search.prompt),
    set: text(search.set),
    version: wholeNumber(search.version),
    split: split(search.split),
  }),
  component: lazyRouteComponent(() => import('../../pages/runs/matrix.tsx'), 'Matrix'),
});
/** Runs are called by their number. */
const needsNumber = ({ params: { run } }: { params: { run: string } }) => {
  if (wholeNumber(run) === undefined) throw notFound();
};
const run = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs/$run',
  beforeLoad: needsNumber,
  validateSearch: readRunSearch,
  component: lazyRouteComponent(() => import('../../pages/runs/run.tsx'), 'Run'),
});
const judgeReview = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs/$run/review',
  beforeLoad: needsNumber,
  validateSearch: (search): { judge?: string; size?: number } => ({
    judge: text(search.judge),
    size: sampleSize(search.size),
  }),
  component: lazyRouteComponent(() => import('../../pages/runs/judge-review.tsx'), 'JudgeReview'),
});
const compareSearch = (search: Record<string, unknown>): CompareSearch => ({
  group: group(search.group),
  split: side(search.split),
  differ: yes(search.differ),
  marks: yes(search.marks),
  case: text(search.case),
});
const compare = createRoute({
  getParentRoute: () => projectRoute,
  path: '/compare',
  validateSearch: (search): CompareSearch & { runs?: string } => ({
    runs: text(search.runs),
    ...compareSearch(search),
  }),
  component: lazyRouteComponent(() => import('../../pages/runs/compare.tsx'), 'Compare'),
});
/** Addresses of two runs that people keep. */
const comparePair = createRoute({
  getParentRoute: () => projectRoute,
  path: '/compare/$a/$b',
  validateSearch: compareSearch,
  beforeLoad: ({ search, params: { project, a, b } }) => {
    throw redirect({
      to: '/projects/$project/compare',
      params: { project },
      search: { ...search, runs: `${a},${b}` },
      replace: true,
    });
  },
});

export const runsRoutes = [runs, newRun, matrix, run, judgeReview, compare, comparePair] as const;
