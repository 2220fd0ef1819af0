import { useEffect, useRef, useState } from 'react';
import type { SentBody } from '../../../../server/http/contract/index.ts';
import type { TryEvent } from '../../../../server/http/contract/prompts.ts';
import { ApiError } from '../../api/client.ts';
import { tryPrompt } from '../../api/try-stream.ts';

export type Done = Extract<TryEvent, { type: 'done' }>;
export type Failure = Pick<Extract<TryEvent, { type: 'error' }>, 'code' | 'message'>;
export type Attempt =
  | { state: 'none' }
  | { state: 'running'; model: string; text: string }
  | { state: 'stopped'; model: string; text: string }
  | { state: 'done'; model: string; text: string; done: Done }
  | { state: 'failed'; model: string; text: string; error: Failure | ApiError };

/** Asks a model once, shows the answer as it comes, and can be stopped; leaving the page stops it too. */
export function useAttempt(project: string) {
  const [attempt, setAttempt] = useState<Attempt>({ state: 'none' });
  const controller = useRef<AbortController>(null);
  const stop = () => controller.current?.abort();
  useEffect(() => () => controller.current?.abort(), []);

  const start = async (body: SentBody<'POST /api/projects/:project/try'>) => {
    stop();
    const own = new AbortController();
    controller.current = own;
    const { model } = body;
    let text = '';
    const show = (next: Attempt) => controller.current === own && setAttempt(next);
    show({ state: 'running', model, text });
    try {
      for await (const event of tryPrompt(project, body, own.signal)) {
        if (event.type === 'text') {
          text += event.text;
          show({ state: 'running', model, text });
        } else if (event.type === 'done') show({ state: 'done', model, text: event.output, done: event });
        else if (event.type === 'error') show({ state: 'failed', model, text, error: event });
      }
    } catch (error) {
      if (own.signal.aborted) show({ state: 'stopped', model, text });
      else show({ state: 'failed', model, text, error: failureOf(error) });
    }
  };
  return { attempt, start, stop };
}

export const failureOf = (error: unknown): ApiError | Failure =>
  error instanceof ApiError
    ? error
    : { code: 'broken_off', message: error instanceof Error ? error.message : String(error) };
