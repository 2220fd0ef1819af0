import { expect } from 'vitest';
import type { CompletionRequest } from '../../server/domain/completion.ts';
import { type OpenAiOptions, OpenAiProvider } from '../../server/providers/openai.ts';
import { type Provider, ProviderError } from '../../server/providers/provider.ts';

export const key = 'sk-proj-Zq7Vw2Lk9Tn4Rb8Xc3Md';

/** A provider on a server of the test. */
export const providerAt = (baseUrl: string, options: Partial<OpenAiOptions> = {}) =>
  new OpenAiProvider({
    connection: { slug: 'acme', name: 'Acme', baseUrl, keyVariable: 'ACME_API_KEY' },
    baseUrl: new URL(baseUrl),
    key,
    ...options,
  });

export const requestOf = (more: Partial<CompletionRequest> = {}): CompletionRequest => ({
  model: 'test-model',
  messages: [{ role: 'user', content: 'Good food' }],
  parameters: {},
  responseFormat: { type: 'text' },
  ...more,
});

export const live = () => new AbortController().signal;

export const ask = (provider: Provider, more: Partial<CompletionRequest> = {}) =>
  provider.complete(requestOf(more), { signal: live() });

/** The answer, and the pieces that it came in. */
export async function stream(provider: Provider, more: Partial<CompletionRequest> = {}) {
  const pieces: string[] = [];
  const completion = await provider.complete(requestOf(more), { signal: live(), onText: (text) => pieces.push(text) });
  return { ...completion, pieces };
}

/** The failure of a call that must fail with one. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => expect.unreachable('It should have failed.'),
    (cause: unknown) => cause,
  );
  if (!(error instanceof ProviderError)) throw error;
  return error;
}

/** All that a person or a log may see of an error. */
export function everythingSaidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map((name) => JSON.stringify(Reflect.get(error, name)));
  return [error.message, error.stack, ...own, error.cause === undefined ? '' : everythingSaidBy(error.cause)].join(
    '\n',
  );
}
