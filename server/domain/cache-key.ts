import type { CompletionRequest } from './completion.ts';
import { contentHash } from './content-hash.ts';

/**
 * Equal for calls that would be answered alike: connection, model, parameters, rendered messages, format and repeat.
 * `revision` tells answers of different versions of a model in this process apart; empty for servers.
 */
export const cacheKey = (call: CompletionRequest & { connection: string; revision: string; repeat: number }): string =>
  contentHash(call);
