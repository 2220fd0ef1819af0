import { mostTries } from '../../domain/backoff.ts';
import type { Batch } from '../../domain/batch.ts';
import type { CompletionFailure } from '../../domain/completion.ts';
import type { EvalCase } from '../../domain/evaluation-set.ts';
import type { CaseId } from '../../domain/ids.ts';
import { costOf } from '../../domain/price.ts';
import type { BatchLine, ProviderBatch, ProviderBatches } from '../../providers/batches.ts';
import type { BatchItem } from '../../storage/batch-store.ts';
import type { FinishedItem } from '../../storage/result-row.ts';
import type { StoredItem } from '../../storage/result-store.ts';
import type { Stores } from '../../storage/stores.ts';
import { judge } from './answer-item.ts';
import type { BatchResults } from './batch-results.ts';
import { forEachAtMost, inGroups } from './in-groups.ts';
import { answersAgain } from './kept-reply.ts';
import { prepareCall } from './open-items.ts';
import type { RunWork } from './run-work.ts';

/** Answers read, judged and stored together. */
const linesAtOnce = 200;

/** The name under which the answer to an item comes back. */
export const lineId = ({ caseId, repeat }: { caseId: CaseId; repeat: number }): string => `case-${caseId}-${repeat}`;

const caseOf = (id: string): CaseId[] => {
  const [, digits] = /^case-(\d{1,15})-\d{1,3}$/.exec(id) ?? [];
  return digits === undefined ? [] : [Number(digits) as CaseId];
};

/** What is needed to make results of what a batch brought. */
export type BatchParts = { stores: Stores; work: RunWork; batches: ProviderBatches; results: BatchResults };

/**
 * Judges and stores what a batch brought. What is worth another try stays open, but in the last round it becomes an error. It may be called again after it
 * failed in the middle: what is stored already is left alone.
 */
export async function collectAnswers(
  parts: BatchParts,
  batch: Batch,
  state: ProviderBatch,
  signal: AbortSignal,
): Promise<void> {
  const { concurrency } = parts.work.run.settings;
  for await (const lines of inGroups(parts.batches.answers(state, signal), linesAtOnce)) {
    const byId = new Map(lines.map((line) => [line.id, line]));
    const found = await findItems(
      parts,
      batch,
      lines.flatMap(({ id }) => caseOf(id)),
    );
    await forEachAtMost(concurrency, found, async (item) => {
      const line = byId.get(lineId(item.asked));
      if (line !== undefined) await storeAnswer(parts, batch, item, line, signal);
    });
  }
}

/** Makes errors of the items that a batch brought no answer to. */
export async function giveUp(parts: BatchParts, batch: Batch, failure: CompletionFailure): Promise<void> {
  for (;;) {
    const left = await parts.stores.batches.unanswered(batch, { limit: linesAtOnce });
    const found = await findItems(
      parts,
      batch,
      left.map(({ caseId }) => caseId),
    );
    if (found.length === 0) return;
    await Promise.all(found.map((item) => storeFailure(parts, batch, item, failure)));
  }
}

type FoundItem = { asked: BatchItem; case: EvalCase; earlier: StoredItem | undefined };

/** The items of a batch that have no result of it yet, of these cases. */
async function findItems({ stores, work }: BatchParts, batch: Batch, cases: readonly CaseId[]): Promise<FoundItem[]> {
  const asked = await stores.batches.unanswered(batch, { cases });
  if (asked.length === 0) return [];
  const byId = new Map((await stores.evalSets.casesById(cases)).map((item) => [item.id, item]));
  const stored = new Map((await stores.results.storedItems(work.run.id, cases)).map((item) => [lineId(item), item]));
  return asked.flatMap((item) => {
    const found = byId.get(item.caseId);
    return found === undefined ? [] : [{ asked: item, case: found, earlier: stored.get(lineId(item)) }];
  });
}

async function storeAnswer(
  parts: BatchParts,
  batch: Batch,
  item: FoundItem,
  line: BatchLine,
  signal: AbortSignal,
): Promise<void> {
  const { work, results } = parts;
  const { caseId, repeat, attempt } = item.asked;
  const call = prepareCall(work, item.case, repeat);
  if (call.type === 'unrenderable') return storeFailure(parts, batch, item, call.failure);
  const answer = line.read(call.request, batch.leftOut);
  if (answer.type === 'unanswered') return;
  if (answer.type === 'failure') {
    // An error that was asked for again shows at once that it came back.
    const again = answer.retryable && batch.round < mostTries && item.earlier === undefined;
    return again ? undefined : storeFailure(parts, batch, item, answer.failure);
  }
  const { completion } = answer;
  const costUsd = costOf(work.batchPrice, completion.usage);
  const { messages } = call.request;
  const judgement = await judge(work, { ...completion, costUsd, latencyMs: null, messages }, item.case, signal);
  if (judgement === null) return;
  await results.add(aboutOf(item), {
    attempt,
    result: {
      caseId,
      repeat,
      type: 'reply',
      latencyMs: 0,
      calls: batch.round,
      reply: { ...completion, costUsd, fromCache: false },
    },
    judgement,
    cache: answersAgain(completion, { ...call.request, provider: work.provider })
      ? { key: call.cacheKey, response: JSON.stringify(completion) }
      : null,
  });
}

function storeFailure({ results }: BatchParts, batch: Batch, item: FoundItem, failure: CompletionFailure) {
  const { caseId, repeat, attempt } = item.asked;
  const result = { caseId, repeat, type: 'error', failure, latencyMs: 0, calls: batch.round } as const;
  const finished: FinishedItem = { attempt, result, judgement: null, cache: null };
  return results.add(aboutOf(item), finished);
}

const aboutOf = ({ case: { split }, earlier }: FoundItem) => ({ split, replaces: earlier?.outcome ?? null });
