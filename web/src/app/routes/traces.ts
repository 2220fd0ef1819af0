import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { text } from './search.ts';

type TracesSearch = {
  errors?: true;
  /** Milliseconds that a trace took at least. */
  slow?: number;
  /** USD that it cost at least. */
  cost?: number;
  model?: string;
  search?: string;
};

const positive = (value: unknown): number | undefined => {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? number : undefined;
};

const traces = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor/traces',
  validateSearch: ({ errors, slow, cost, model, search }): TracesSearch => ({
    errors: errors === true ? true : undefined,
    slow: positive(slow),
    cost: positive(cost),
    model: text(model),
    search: text(search),
  }),
  component: lazyRouteComponent(() => import('../../pages/monitor/traces/traces.tsx'), 'Traces'),
});
const trace = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor/traces/$trace',
  /** `span` is the one that is open. */
  validateSearch: ({ span }): { span?: string } => ({ span: text(span) }),
  component: lazyRouteComponent(() => import('../../pages/monitor/traces/trace.tsx'), 'TracePage'),
});

export const tracesRoutes = [traces, trace] as const;
