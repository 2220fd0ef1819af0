import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { oneOf, text, texts } from './search.ts';

/** What nothing measures: each goes from the least to the most, written `10,30`. */
export const assumptionNames = [
  'secondsPerLabel',
  'usdPerHour',
  'devCases',
  'versions',
  'minutesPerVersion',
  'trainingLabels',
  'trainingHours',
] as const;
export type Assumptions = Partial<Record<(typeof assumptionNames)[number], string>>;

export const startSteps = ['size', 'cases', 'prompt', 'forecast'] as const;
/** `assume` is a true pass rate, 0..1; fields and labels only where a person changed them. */
export type StartSearch = Assumptions & {
  step?: (typeof startSteps)[number];
  set?: string;
  assume?: number;
  fields?: string[];
  labels?: string[];
  model?: string;
};

const step = oneOf(...startSteps);
const rate = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
const range = (value: unknown): string | undefined => {
  const written = text(value);
  return written !== undefined && /^\d{1,9}(\.\d{1,4})?(,\d{1,9}(\.\d{1,4})?)?$/.test(written) ? written : undefined;
};

const start = createRoute({
  getParentRoute: () => projectRoute,
  path: '/start',
  validateSearch: (search): StartSearch => ({
    step: step(search.step),
    set: text(search.set),
    assume: rate(search.assume),
    fields: texts(search.fields),
    labels: texts(search.labels),
    model: text(search.model),
    ...Object.fromEntries(assumptionNames.map((name) => [name, range(search[name])])),
  }),
  component: lazyRouteComponent(() => import('../../pages/scope/first-version.tsx'), 'FirstVersion'),
});

export const startRoutes = [start] as const;
