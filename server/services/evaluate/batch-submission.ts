import { randomBytes } from 'node:crypto';
import { backoffMs, mostTries } from '../../domain/backoff.ts';
import type { FailureCode } from '../../domain/completion.ts';
import { estimateOutputTokens } from '../../domain/output-estimate.ts';
import { costOf, type Price } from '../../domain/price.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import type { ProviderBatch } from '../../providers/batches.ts';
import { ProviderError } from '../../providers/provider.ts';
import type { BatchItem } from '../../storage/batch-store.ts';
import { answerItem } from './answer-item.ts';
import { waited } from './ask-until-answered.ts';
import { type BatchParts, lineId } from './batch-collection.ts';
import { BatchFile } from './batch-file.ts';
import { forEachAtMost, inGroups } from './in-groups.ts';
import { failuresOfTheConnection, type OpenItem, openItems } from './open-items.ts';

/** `held`: the provider takes no more until batches under way end. */
export type Pass = 'all' | 'held' | 'over_budget' | { failed: string };

const itemsAtOnce = 200;
/** So many refusals in a row of what is asked first mean that a batch would bring nothing else. */
const mostRefusals = 3;
/** Say nothing of whether a batch would be answered. */
const passing: readonly FailureCode[] = [
  'rate_limited',
  'server_error',
  'timeout',
  'connection_lost',
  'unreadable_reply',
];

type Asked = OpenItem & { call: Extract<OpenItem['call'], { type: 'ready' }> };

/**
 * Sends what is open of a run in batches. What the cache has is answered at once; so is the first request, at the full price, because it shows within
 * seconds whether the key, the model and the parameters are right, which a batch shows after hours.
 */
export class BatchSubmission {
  readonly #parts: BatchParts;
  readonly #signal: AbortSignal;
  readonly #stopped: () => boolean;
  #mostRequests: number;
  /** Whether the provider takes one batch at a time. */
  #oneByOne = false;
  #trying: boolean;
  /** Errors that were asked for again: not twice. */
  readonly #retried = new Set<string>();
  /** What the batches under way may cost. */
  #reservedUsd = 0;
  #draft = emptyDraft();

  /** `tries`: whether the first request is asked at once. */
  constructor(parts: BatchParts, options: { tries: boolean; signal: AbortSignal; stopped: () => boolean }) {
    this.#parts = parts;
    this.#mostRequests = parts.batches.limits.requests;
    this.#trying = options.tries;
    this.#signal = options.signal;
    this.#stopped = options.stopped;
  }

  /** Too much was on its way. A batch that was refused though no other was under way is sent in smaller ones; false when it can't be. */
  slowDown({ requests, alone }: { requests: number; alone: boolean }): boolean {
    this.#oneByOne = true;
    if (alone) this.#mostRequests = Math.max(1, Math.floor(requests / 2));
    return !alone || requests > 1;
  }

  /** Sends the items that are open and not under way. */
  async pass(round: number, choice: { retryErrors: boolean }): Promise<Pass> {
    const { stores, work } = this.#parts;
    this.#draft = emptyDraft();
    this.#reservedUsd = await this.#underWayUsd();
    for await (const group of inGroups(openItems(stores, work, choice), itemsAtOnce)) {
      const items = await this.#notUnderWay(group);
      const { concurrency } = work.run.settings;
      await forEachAtMost(
        concurrency,
        items.filter((item) => !isAsked(item)),
        (item) => this.#answerNow(item),
      );
      for (const item of items.filter(isAsked)) {
        if (this.#stopped()) return 'held';
        const stop = await this.#take(item, round);
        if (stop !== null) return stop;
      }
    }
    await this.#send(round);
    return 'all';
  }

  async #take(item: Asked, round: number): Promise<Pass | null> {
    if (!this.#withinBudget(item)) {
      await this.#send(round);
      return 'over_budget';
    }
    if (this.#trying) {
      const refusals = this.#refusals;
      const failed = await this.#tryNow(item);
      if (failed !== null) return { failed };
      // It was answered, or refused for good.
      if (!this.#trying ? this.#tried : this.#refusals > refusals) return null;
    }
    this.#add(item);
    const full =
      this.#draft.items.length >= this.#mostRequests || this.#draft.file.bytes >= this.#parts.batches.limits.bytes;
    if (full) await this.#send(round);
    return full && this.#oneByOne ? 'held' : null;
  }

  #refusals = 0;
  #tried = false;

  /** Asks for an item at once; gives the reason where that ends the run. */
  async #tryNow(item: Asked): Promise<string | null> {
    const { work, results } = this.#parts;
    const finished = await answerItem(work, item, { signal: this.#signal });
    this.#signal.throwIfAborted();
    if (finished === null) return null;
    const { result } = finished;
    if (result.type === 'error' && passing.includes(result.failure.code)) {
      this.#trying = false;
      return null;
    }
    await results.add({ split: item.case.split, replaces: item.replaces }, finished);
    if (result.type === 'reply') {
      this.#trying = false;
      this.#tried = true;
      return null;
    }
    this.#refusals += 1;
    const { code, message } = result.failure;
    if (failuresOfTheConnection.includes(code)) return message;
    if (this.#refusals < mostRefusals) return null;
    return `The first ${mostRefusals} requests were refused, so that no batch was sent; the last: ${message} Mend the cause, then resume the run.`;
  }

  async #answerNow(item: OpenItem): Promise<void> {
    if (this.#stopped()) return;
    const finished = await answerItem(this.#parts.work, item, { signal: this.#signal });
    this.#signal.throwIfAborted();
    if (finished === null) return;
    this.#noteRetried(item);
    await this.#parts.results.add({ split: item.case.split, replaces: item.replaces }, finished);
  }

  async #notUnderWay(group: readonly OpenItem[]): Promise<OpenItem[]> {
    const { stores, work } = this.#parts;
    const cases = [...new Set(group.map((item) => item.case.id))];
    const underWay = new Set((await stores.batches.itemsUnderWay(work.run.id, cases)).map(lineId));
    const idOf = (item: OpenItem) => lineId({ caseId: item.case.id, repeat: item.repeat });
    return group.filter((item) => !underWay.has(idOf(item)) && !this.#retried.has(idOf(item)));
  }

  #add(item: Asked): void {
    const asked = { caseId: item.case.id, repeat: item.repeat, attempt: item.attempt };
    const line = this.#parts.batches.line(lineId(asked), item.call.request);
    const usd = this.#expected(item, this.#parts.work.batchPrice);
    this.#draft.file.add(line);
    this.#draft.items.push(asked);
    this.#draft.usd = usd === null || this.#draft.usd === null ? null : this.#draft.usd + usd;
    this.#noteRetried(item);
  }

  #noteRetried({ case: { id: caseId }, repeat, replaces }: OpenItem): void {
    if (replaces !== null) this.#retried.add(lineId({ caseId, repeat }));
  }

  #expected({ case: item, call }: Asked, price: Price | null): number | null {
    const inputTokens = estimateMessageTokens(call.request.messages);
    const outputTokens = estimateOutputTokens(this.#parts.work.version.content, item.expected);
    const usd = costOf(price, { inputTokens, outputTokens, cachedInputTokens: 0 });
    return usd === null ? null : this.#parts.results.budget.expected(usd);
  }

  #withinBudget(item: Asked): boolean {
    const { work, results } = this.#parts;
    const price = this.#trying ? work.price : work.batchPrice;
    const asked = this.#reservedUsd + (this.#draft.usd ?? 0) + (this.#expected(item, price) ?? 0);
    return results.budget.allows(asked, results.costUsd);
  }

  /** What the batches under way may cost. */
  async #underWayUsd(): Promise<number> {
    const open = await this.#parts.stores.batches.open(this.#parts.work.run.id);
    return open.reduce((sum, { estimatedUsd }) => sum + (estimatedUsd ?? 0), 0);
  }

  async #send(round: number): Promise<void> {
    const { file, items, usd } = this.#draft;
    this.#draft = emptyDraft();
    if (items.length === 0) return;
    const { stores, work, batches, results } = this.#parts;
    const marker = `whetstone-${work.run.id}-${randomBytes(8).toString('hex')}`;
    const leftOut = batches.leftOut(work.model.name);
    const batch = await stores.batches.add(work.run.id, { round, marker, leftOut, estimatedUsd: usd, items });
    try {
      const sent = await this.#submit(marker, file.content());
      await stores.batches.submitted(batch.id, sent.id, stateOf(sent));
      this.#reservedUsd += usd ?? 0;
    } catch (error) {
      // What was refused is not there; after any other end it is looked for when the run goes on.
      if (error instanceof ProviderError && !error.retryable) await stores.batches.drop(batch.id);
      throw error;
    }
    const many = items.length === 1 ? '1 request' : `${items.length.toLocaleString('en')} requests`;
    results.noteOnce(`Batch ${batch.number}: ${many} sent to ${work.model.connection}.`);
  }

  /** An answer that is lost leaves open whether the batch was made. */
  async #submit(marker: string, lines: Blob): Promise<ProviderBatch> {
    const { batches } = this.#parts;
    for (let tries = 1; ; tries += 1) {
      try {
        const made = tries === 1 ? null : await batches.find(marker, this.#signal);
        return made ?? (await batches.submit(marker, lines, this.#signal));
      } catch (error) {
        if (!(error instanceof ProviderError) || !error.retryable || tries >= mostTries) throw error;
        await waited(backoffMs(tries, Math.random(), error.retryAfterMs), this.#signal);
        this.#signal.throwIfAborted();
      }
    }
  }
}

/** What goes into the next batch. */
type Draft = { file: BatchFile; items: BatchItem[]; usd: number | null };
const emptyDraft = (): Draft => ({ file: new BatchFile(), items: [], usd: 0 });
const isAsked = (item: OpenItem): item is Asked => item.call.type === 'ready' && item.call.cached === null;

/** What is kept of a batch's state. */
export const stateOf = ({ status, completed, failed, expiresAt, failure }: ProviderBatch) => ({
  status,
  completed,
  failed,
  expiresAt,
  reason: failure?.message ?? '',
});
