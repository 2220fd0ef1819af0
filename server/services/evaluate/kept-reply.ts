import type { Completion } from '../../domain/completion.ts';
import type { ModelParameters } from '../../domain/prompt.ts';
import type { Provider } from '../../providers/provider.ts';
import type { ResultStore } from '../../storage/result-store.ts';

/** A reply of the response cache, with the time that it once took; null where an earlier version of the program kept it. */
export function keptReply(response: string): Completion & { latencyMs: number | null } {
  const kept: Omit<Completion, 'confidence'> & { confidence?: number | null; latencyMs?: number } =
    JSON.parse(response);
  return { ...kept, confidence: kept.confidence ?? null, latencyMs: kept.latencyMs ?? null };
}

/** What was asked of whom, as far as it says where an answer ends. */
type Asked = { parameters: ModelParameters; provider: Pick<Provider, 'destination'> };

/** Whether a reply answers an equal call too: what a server's own limit cut off may be whole the next time, once that limit was raised. */
export const answersAgain = ({ finishReason }: Pick<Completion, 'finishReason'>, asked: Asked): boolean =>
  finishReason !== 'length' || cutsOffAlike(asked);

const cutsOffAlike = ({ parameters, provider }: Asked): boolean =>
  parameters.maxTokens !== undefined || provider.destination === 'in_process';

/** The kept replies that answer calls again, and the keys of those that don't, which earlier versions of the program kept. */
export async function keptReplies(
  results: ResultStore,
  keys: readonly string[],
  asked: Asked,
): Promise<{ kept: Map<string, string>; cutOff: string[] }> {
  const kept = await results.cached(keys);
  if (cutsOffAlike(asked)) return { kept, cutOff: [] };
  const cutOff = [...kept].filter(([, response]) => keptReply(response).finishReason === 'length').map(([key]) => key);
  for (const key of cutOff) kept.delete(key);
  return { kept, cutOff };
}
