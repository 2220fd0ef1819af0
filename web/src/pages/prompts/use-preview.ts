import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { Answer } from '../../../../server/http/contract/index.ts';
import type { ApiError } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import type { PromptContent } from './prompt-version.ts';
import type { Variables } from './subject.ts';

type PreviewAnswer = Answer<'POST /api/projects/:project/preview'>;
export type PreviewProblem = PreviewAnswer['problems'][number];
export type Preview = {
  /** The newest answer; undefined until the first one. */
  answer: PreviewAnswer | undefined;
  /** Messages of the newest answer that could be rendered, and whether what is typed now still gives them. */
  messages: PreviewAnswer['messages'];
  outdated: boolean;
  error: ApiError | null;
};

const TYPING_MS = 250;

type Asked = { content: PromptContent; variables: Variables; model: string | null };

/** What a draft would send for a case: asked a moment after the last change, so that it keeps up with typing; nothing is asked before there is a case. */
export function usePreview(project: string, { content, variables, model }: Asked, enabled: boolean): Preview {
  const typed = useMemo(() => ({ body: { content, variables, model }, enabled }), [content, variables, model, enabled]);
  const [settled] = useDebouncedValue(typed, TYPING_MS);
  const { data, error, isPlaceholderData } = useApi(
    'POST /api/projects/:project/preview',
    { params: { project }, body: settled.body },
    { enabled: settled.enabled, keepPrevious: true, staleTime: Number.POSITIVE_INFINITY },
  );
  const [good, setGood] = useState<PreviewAnswer['messages']>(null);
  const rendered = data?.messages ?? null;
  if (!isPlaceholderData && rendered !== null && rendered !== good) setGood(rendered);
  return { answer: data, messages: rendered ?? good, outdated: rendered === null && good !== null, error };
}
