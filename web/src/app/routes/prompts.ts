import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { oneOf, text, texts, textValues, wholeNumber } from './search.ts';

type PromptSearch = { version?: number };
/** `failures` is a run whose failing cases stand beside the prompt, `category` the kind of failure that is meant. */
type EditSearch = { from?: number; failures?: number; category?: string };
/** `view`: side by side or inline; without it, as the window is wide. */
type DiffSearch = { from?: number; to?: number; view?: 'side' | 'inline' };

/** Inputs are cases of `set` by their keys, or values of one's own; versions are written NAME@NUMBER. */
export type PlaygroundSearch = {
  versions?: string[];
  models?: string[];
  set?: string;
  cases?: string[];
  /** A run: only what it did not pass is offered. */
  failedIn?: number;
  own?: Record<string, string>;
};

const prompts = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts',
  component: lazyRouteComponent(() => import('../../pages/prompts/prompts.tsx'), 'Prompts'),
});
const prompt = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts/$prompt',
  validateSearch: ({ version }): PromptSearch => ({ version: wholeNumber(version) }),
  component: lazyRouteComponent(() => import('../../pages/prompts/prompt.tsx'), 'Prompt'),
});
const edit = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts/$prompt/edit',
  validateSearch: ({ from, failures, category }): EditSearch => ({
    from: wholeNumber(from),
    failures: wholeNumber(failures),
    category: text(category),
  }),
  component: lazyRouteComponent(() => import('../../pages/prompts/prompt-edit.tsx'), 'PromptEdit'),
});
const diff = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts/$prompt/diff',
  validateSearch: ({ from, to, view }): DiffSearch => ({
    from: wholeNumber(from),
    to: wholeNumber(to),
    view: oneOf('side', 'inline')(view),
  }),
  component: lazyRouteComponent(() => import('../../pages/prompts/prompt-diff.tsx'), 'PromptDiff'),
});

const playground = createRoute({
  getParentRoute: () => projectRoute,
  path: '/playground',
  validateSearch: ({ versions, models, set, cases, failedIn, own }): PlaygroundSearch => ({
    versions: texts(versions),
    models: texts(models),
    set: text(set),
    cases: texts(cases),
    failedIn: wholeNumber(failedIn),
    own: textValues(own),
  }),
  component: lazyRouteComponent(() => import('../../pages/prompts/playground.tsx'), 'Playground'),
});

export const promptsRoutes = [prompts, prompt, edit, diff, playground] as const;
