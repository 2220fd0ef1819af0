import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { text, wholeNumber } from './search.ts';

type PromptSearch = { version?: number };
/** `failures` is a run whose failing cases stand beside the prompt, `category` the kind of failure that is meant. */
type EditSearch = { from?: number; failures?: number; category?: string };
type DiffSearch = { from?: number; to?: number };

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
  validateSearch: ({ from, to }): DiffSearch => ({ from: wholeNumber(from), to: wholeNumber(to) }),
  component: lazyRouteComponent(() => import('../../pages/prompts/prompt-diff.tsx'), 'PromptDiff'),
});

export const promptsRoutes = [prompts, prompt, edit, diff] as const;
