import type { Completion } from '../../domain/completion.ts';

/** A reply of the response cache, with the time that it once took; null where an earlier version of the program kept it. */
export function keptReply(response: string): Completion & { latencyMs: number | null } {
  const kept: Omit<Completion, 'confidence'> & { confidence?: number | null; latencyMs?: number } =
    JSON.parse(response);
  return { ...kept, confidence: kept.confidence ?? null, latencyMs: kept.latencyMs ?? null };
}
