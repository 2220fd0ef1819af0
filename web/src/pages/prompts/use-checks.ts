import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import type { PromptContent } from './prompt-version.ts';

type CheckedPrompt = Answer<'POST /api/projects/:project/prompts/check'>;
export type PromptCheck = CheckedPrompt['checks'][number];

/** Longer than the preview's: cases are gone through. */
const TYPING_MS = 600;

/** What is worth changing in a draft, held against a set: asked once typing pauses. */
export function useChecks(project: string, content: PromptContent, set: string | null) {
  const typed = useMemo(() => ({ content, set }), [content, set]);
  const [settled] = useDebouncedValue(typed, TYPING_MS);
  return useApi(
    'POST /api/projects/:project/prompts/check',
    { params: { project }, body: settled },
    { keepPrevious: true, staleTime: 60_000 },
  );
}
