import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { CaseFilter } from '../../pages/sets/use-cases.ts';
import { projectRoute } from './parents.tsx';
import { oneOf, text, wholeNumber } from './search.ts';

/** `import` opens the import; `set` names the set that it goes into. */
type SetsSearch = { import?: true; set?: string };
type SetSearch = CaseFilter & {
  version?: number;
  /** Key of the case that is open. */
  case?: string;
};
/** The versions that are compared. */
type VersionsSearch = { a?: number; b?: number };
/** Key of the case that is read. */
type AuditSearch = { case?: string };

const side = oneOf('dev', 'holdout');

const sets = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets',
  validateSearch: (search): SetsSearch => ({
    import: search.import === true ? true : undefined,
    set: text(search.set),
  }),
  component: lazyRouteComponent(() => import('../../pages/sets/sets.tsx'), 'Sets'),
});
const set = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets/$set',
  validateSearch: (search): SetSearch => ({
    version: wholeNumber(search.version),
    case: text(search.case),
    search: text(search.search),
    split: side(search.split),
    label: text(search.label),
    tag: text(search.tag),
    source: text(search.source),
    failedIn: wholeNumber(search.failedIn),
  }),
  component: lazyRouteComponent(() => import('../../pages/sets/set.tsx'), 'EvalSet'),
});
const audit = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets/$set/audit',
  validateSearch: (search): AuditSearch => ({ case: text(search.case) }),
  component: lazyRouteComponent(() => import('../../pages/sets/audit/audit.tsx'), 'LabelAudit'),
});
const versions = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sets/$set/versions',
  validateSearch: (search): VersionsSearch => ({ a: wholeNumber(search.a), b: wholeNumber(search.b) }),
  component: lazyRouteComponent(() => import('../../pages/sets/set-versions.tsx'), 'SetVersions'),
});

export const setsRoutes = [sets, set, audit, versions] as const;
