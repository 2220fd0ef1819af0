import type { EvalCase } from '../../domain/evaluation-set.ts';
import { costOf } from '../../domain/price.ts';
import type { Judgement, Reply } from '../../domain/result.ts';
import type { FinishedItem } from '../../storage/result-row.ts';
import { askModel } from './ask-model.ts';
import type { AskOptions } from './ask-until-answered.ts';
import { answersAgain, keptReply } from './kept-reply.ts';
import type { OpenItem } from './open-items.ts';
import type { JudgedReply, RunWork } from './run-work.ts';

/** Asks the model for an item, or takes what the cache has, and judges the answer; null when it was ended before, so that the item stays open. */
export async function answerItem(
  work: RunWork,
  { case: item, repeat, attempt, call }: OpenItem,
  options: Omit<AskOptions, 'timeoutMs'>,
): Promise<FinishedItem | null> {
  const about = { caseId: item.id, repeat };
  if (call.type === 'unrenderable') {
    const { failure } = call;
    const result = { ...about, type: 'error' as const, failure, latencyMs: 0, calls: 0 };
    return { attempt, result, judgement: null, cache: null };
  }
  const { messages } = call.request;
  if (call.cached !== null) {
    const kept = keptReply(call.cached);
    const costUsd = costOf(work.price, kept.usage);
    const judgement = await judge(work, { ...kept, costUsd, messages }, item, options.signal);
    const reply: Reply = { ...kept, costUsd: 0, fromCache: true };
    return (
      judgement && {
        attempt,
        result: { ...about, type: 'reply', reply, latencyMs: 0, calls: 0 },
        judgement,
        cache: null,
      }
    );
  }
  const startedAt = performance.now();
  const asked = await askModel(work.provider, call.request, { ...options, timeoutMs: work.run.settings.timeoutMs });
  if (asked.type === 'dropped') return null;
  const { calls } = asked;
  const latencyMs = performance.now() - startedAt - asked.heldMs;
  if (asked.type === 'failure') {
    const { failure } = asked;
    return { attempt, result: { ...about, type: 'error', failure, calls, latencyMs }, judgement: null, cache: null };
  }
  const { reply: completion } = asked;
  const costUsd = costOf(work.price, completion.usage);
  const judgement = await judge(work, { ...completion, costUsd, latencyMs, messages }, item, options.signal);
  const reply: Reply = { ...completion, costUsd, fromCache: false };
  return (
    judgement && {
      attempt,
      result: { ...about, type: 'reply', reply, latencyMs, calls },
      judgement,
      cache: answersAgain(completion, { ...call.request, provider: work.provider })
        ? { key: call.cacheKey, response: JSON.stringify({ ...completion, latencyMs }) }
        : null,
    }
  );
}

/** Null when the run ended at once. */
export async function judge(
  work: RunWork,
  replied: JudgedReply,
  item: EvalCase,
  signal: AbortSignal,
): Promise<Judgement | null> {
  try {
    return await work.judge(replied, item, signal);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
