import type { Provider } from '../../providers/provider.ts';

/** See `cacheKey`: what answers in this process changes with the program and with the model's file. */
export async function revisionOf(provider: Provider, model: string, codeVersion: string): Promise<string> {
  if (provider.destination !== 'in_process') return '';
  const revision = (await provider.revision?.(model)) ?? '';
  return revision === '' ? codeVersion : `${codeVersion}:${revision}`;
}
