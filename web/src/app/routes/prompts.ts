import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { wholeNumber } from './search.ts';

type PromptSearch = { version?: number };
type EditSearch = { from?: number; run?: number };
type DiffSearch = { a?: number; b?: number };

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
  validateSearch: ({ from, run }): EditSearch => ({ from: wholeNumber(from), run: wholeNumber(run) }),
  component: lazyRouteComponent(() => import('../../pages/prompts/prompt-edit.tsx'), 'PromptEdit'),
});
const diff = createRoute({
  getParentRoute: () => projectRoute,
  path: '/prompts/$prompt/diff',
  validateSearch: ({ a, b }): DiffSearch => ({ a: wholeNumber(a), b: wholeNumber(b) }),
  component: lazyRouteComponent(() => import('../../pages/prompts/prompt-diff.tsx'), 'PromptDiff'),
});

export const promptsRoutes = [prompts, prompt, edit, diff] as const;
