import { backoffMs, mostTries } from '../../domain/backoff.ts';
import { type Batch, isEnded, pollMs } from '../../domain/batch.ts';
import type { RunStatus, RunSummary } from '../../domain/run.ts';
import type { ProviderBatch } from '../../providers/batches.ts';
import { ProviderError } from '../../providers/provider.ts';
import { waited } from './ask-until-answered.ts';
import { type BatchParts, collectAnswers, giveUp } from './batch-collection.ts';
import { BatchResults } from './batch-results.ts';
import { BatchSubmission, type Pass, stateOf } from './batch-submission.ts';

type Ending = { status: RunStatus; reason: string };
/** `alone`: no other batch of the run is under way. */
type Sending = { submission: BatchSubmission; alone: boolean };

const noAnswer = (tries: number) => ({
  code: 'timeout' as const,
  message: `The provider did not answer it in ${tries} batches.`,
});
const mostPatienceMs = 60_000;
/** Tries to tell the provider to cancel; after them the run ends without. */
const cancelTries = 3;

/**
 * Has the open items of a run answered in batches: sends them, looks after the batches until they end, stores what they brought, and sends again what is
 * worth another try. All that it knows is in the database, so that any process can go on with it at any moment.
 */
export class BatchExecution {
  readonly #parts: BatchParts;
  readonly #wallMsBefore: number;
  readonly #startedAt = Date.now();
  /** Aborted when this process lets go of the run; the provider goes on. */
  readonly #leaving = new AbortController();
  /** Aborted to look at once what is to be done. */
  #waking = new AbortController();
  readonly #cancelled = Promise.withResolvers<void>();
  #left: Ending | null = null;
  #ending: Ending | null = null;
  #detached = false;
  /** Someone cancelled a batch at the provider: the run pauses once the others ended. */
  #halted: Ending | null = null;
  /** The provider takes less at a time: the rest is sent as batches end. */
  #crowded = false;
  /** Items that came back unanswered and are worth another round. */
  #again = 0;

  constructor(parts: Omit<BatchParts, 'results'>, owner: string, start: RunSummary, note: (text: string) => void) {
    this.#parts = { ...parts, results: new BatchResults(parts.stores, parts.work, owner, start, note) };
    this.#wallMsBefore = start.wallMs;
  }

  get wallMs(): number {
    return this.#wallMsBefore + Date.now() - this.#startedAt;
  }

  get concurrency(): number {
    return this.#parts.work.run.settings.concurrency;
  }

  /** Resolves when the provider was asked to cancel. */
  get cancelled(): Promise<void> {
    return this.#cancelled.promise;
  }

  summary(): RunSummary {
    return this.#parts.results.summary(this.wallMs);
  }

  remainingMs(): null {
    return null;
  }

  /** Cancels the batches under way; what they brought by then is stored. */
  pause(reason = ''): void {
    this.#end({ status: 'paused', reason });
  }

  /** Cancelled: as a pause. Otherwise this process lets go, and the provider goes on. */
  abort(status: RunStatus, reason = ''): void {
    if (status === 'cancelled') {
      this.#end({ status, reason });
      return;
    }
    this.#left ??= status === 'interrupted' ? this.#atProvider() : { status, reason };
    this.#leaving.abort(new Error('This process lets go of the run.'));
    this.#waking.abort();
  }

  /** Lets go of the run once all is sent; at once where `atOnce`. */
  detach({ atOnce }: { atOnce: boolean }): void {
    if (atOnce) this.abort('interrupted');
    this.#detached = true;
    this.#waking.abort();
  }

  async execute(choice: { retryErrors: boolean }): Promise<Ending> {
    try {
      await this.#adopt();
      return await this.#work(choice);
    } catch (error) {
      if (this.#left !== null) return this.#left;
      if (!(error instanceof ProviderError)) throw error;
      const open = await this.#open();
      return { status: open.length > 0 ? 'interrupted' : 'failed', reason: error.message };
    }
  }

  async #work(choice: { retryErrors: boolean }): Promise<Ending> {
    const { stores, work } = this.#parts;
    const known = await stores.batches.list(work.run.id);
    const submission = new BatchSubmission(this.#parts, {
      tries: known.length === 0,
      signal: this.#leaving.signal,
      stopped: () => this.#ending !== null,
    });
    let round = Math.max(1, ...known.filter(({ settledAt }) => settledAt === null).map((batch) => batch.round));
    let pass: Pass | 'next' = 'next';
    for (let looked = 0; ; looked += 1) {
      if (await this.#heedEnding()) looked = 0;
      if (pass === 'next' && this.#ending === null) {
        pass = await submission.pass(round, round === 1 ? choice : { retryErrors: false });
        if (typeof pass === 'object') this.#ending = { status: 'failed', reason: pass.failed };
        continue;
      }
      const open = await this.#open();
      if (open.length === 0) {
        const ending = this.#ending ?? this.#halted;
        if (ending !== null) return ending;
        if (pass === 'over_budget') return this.#overBudget();
        if (pass === 'all' && (this.#again === 0 || round >= mostTries)) return this.#completed();
        if (pass === 'all') round += 1;
        this.#again = 0;
        pass = 'next';
        continue;
      }
      if (this.#detached) return this.#atProvider();
      await this.#wait(pollMs(looked));
      for (const batch of open) {
        if (!(await this.#look(batch, { submission, alone: open.length === 1 }))) continue;
        looked = 0;
        if (this.#crowded) pass = 'held';
        else if (pass !== 'all') pass = 'next';
        this.#crowded = false;
      }
    }
  }

  /** Batches that were on their way when a process ended: those that arrived are followed, the others are sent again. */
  async #adopt(): Promise<void> {
    const { stores, batches } = this.#parts;
    for (const batch of await this.#open()) {
      if (batch.providerId !== null) continue;
      const found = await this.#patiently(() => batches.find(batch.marker, this.#leaving.signal));
      if (found === null) await stores.batches.drop(batch.id);
      else await stores.batches.submitted(batch.id, found.id, stateOf(found));
    }
  }

  /** Has the batches under way cancelled once the run is to end; says whether it did so now. */
  async #heedEnding(): Promise<boolean> {
    const { stores, work } = this.#parts;
    const open = await this.#open();
    const [asked] = open.flatMap(({ ending }) => (ending === null ? [] : [ending]));
    if (asked !== undefined) this.#ending ??= { status: asked, reason: '' };
    if (this.#ending === null) return false;
    const { status } = this.#ending;
    if (status === 'paused' || status === 'cancelled') await stores.batches.end(work.run.id, status);
    const under = open.filter((batch) => !isEnded(batch.status) && batch.status !== 'cancelling');
    for (const batch of under) await this.#cancel(batch);
    this.#cancelled.resolve();
    return under.length > 0;
  }

  async #cancel(batch: Batch): Promise<void> {
    const { stores, batches, results } = this.#parts;
    if (batch.providerId === null) return;
    for (let tries = 1; ; tries += 1) {
      try {
        await batches.cancel(batch.providerId, this.#leaving.signal);
        const { completed, failed, expiresAt, reason } = batch;
        await stores.batches.update(batch.id, { status: 'cancelling', completed, failed, expiresAt, reason });
        return;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (error.retryable && tries < cancelTries) {
          await waited(backoffMs(tries, Math.random(), error.retryAfterMs), this.#leaving.signal);
          continue;
        }
        // A batch that has just ended can't be cancelled: what it brought is taken.
        const state = await batches.status(batch.providerId, this.#leaving.signal).catch((reason: unknown) => {
          if (reason instanceof ProviderError) return null;
          throw reason;
        });
        if (state !== null && isEnded(state.status)) return;
        results.noteOnce(`Batch ${batch.number} could not be cancelled at the provider: ${error.message}`);
        await stores.batches.settle(batch.id);
        return;
      }
    }
  }

  /** Looks how far a batch is, and stores what it brought once it ended; says whether it did. */
  async #look(batch: Batch, sending: Sending): Promise<boolean> {
    const { stores, batches, results } = this.#parts;
    const { providerId } = batch;
    if (providerId === null) return false;
    const state = await this.#patiently(() => batches.status(providerId, this.#leaving.signal));
    if (state === null) {
      results.noteOnce(`The provider does not know batch ${batch.number} any more; what it asked for is sent again.`);
      this.#again += await stores.batches.countUnanswered(batch);
      await stores.batches.settle(batch.id);
      return true;
    }
    await stores.batches.update(batch.id, stateOf(state));
    if (!isEnded(state.status)) return false;
    if (state.failure !== null) this.#heedFailure(batch, state.failure, sending);
    else await this.#collect(batch, state);
    await stores.batches.settle(batch.id);
    results.noteOnce(endNote(batch, state));
    await batches.discard(state, this.#leaving.signal).catch((error: unknown) => {
      if (!(error instanceof ProviderError)) throw error;
      results.noteOnce(`The files of batch ${batch.number} could not be deleted at the provider: ${error.message}`);
    });
    return true;
  }

  async #collect(batch: Batch, state: ProviderBatch): Promise<void> {
    const { stores } = this.#parts;
    await this.#patiently(() => collectAnswers(this.#parts, batch, state, this.#leaving.signal));
    if (state.status === 'cancelled') {
      this.#halted ??= { status: 'paused', reason: `Batch ${batch.number} was cancelled at the provider.` };
      return;
    }
    if (batch.round >= mostTries) await giveUp(this.#parts, batch, noAnswer(mostTries));
    else this.#again += await stores.batches.countUnanswered(batch);
  }

  /** A batch that was refused as a whole: too much was on its way, or nothing of it can be answered. */
  #heedFailure(batch: Batch, { code, message }: { code: string; message: string }, { submission, alone }: Sending) {
    const { results } = this.#parts;
    if (code === 'token_limit_exceeded' && submission.slowDown({ requests: batch.requests, alone })) {
      this.#crowded = true;
      results.noteOnce('The provider takes fewer requests at a time: batches are sent one after the other.');
      return;
    }
    this.#ending ??= { status: 'failed', reason: `Batch ${batch.number} was refused: ${message}` };
  }

  /** Until it succeeds: a network that is away for a night is no reason to lose what a provider has answered. */
  async #patiently<Result>(act: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof ProviderError) || !(error.retryable || error.failure.code === 'unreachable'))
          throw error;
        if (tries === 2) this.#parts.results.noteOnce(`${error.message} It is tried again until it answers.`);
        await this.#wait(Math.min(mostPatienceMs, backoffMs(tries, Math.random(), error.retryAfterMs) * tries));
      }
    }
  }

  /** Throws when this process lets go of the run. */
  async #wait(ms: number): Promise<void> {
    await waited(ms, this.#waking.signal);
    this.#waking = new AbortController();
    this.#leaving.signal.throwIfAborted();
  }

  #open(): Promise<Batch[]> {
    return this.#parts.stores.batches.open(this.#parts.work.run.id);
  }

  #end(ending: Ending): void {
    if (this.#ending === null || this.#ending.status === 'paused') this.#ending = ending;
    this.#waking.abort();
  }

  #atProvider(): Ending {
    const { id } = this.#parts.work.run;
    const reason = `Waiting for the provider. A server that runs collects the answers, and so does "whetstone runs resume ${id}".`;
    return { status: 'running', reason };
  }

  #overBudget(): Ending {
    const { maxCostUsd } = this.#parts.work.run.settings;
    return {
      status: 'paused',
      reason: `The cost cap of $${maxCostUsd} would be passed. Raise it with a new run; what is answered is in the cache.`,
    };
  }

  #completed(): Ending {
    const { errors, total } = this.summary();
    const { maxErrors } = this.#parts.work.run.settings;
    const allowed = maxErrors.type === 'count' ? maxErrors.value : maxErrors.value * total;
    if (errors <= allowed) return { status: 'completed', reason: '' };
    return {
      status: 'failed',
      reason: `${errors} of ${total} results are errors; at most ${Math.floor(allowed)} were allowed. Look at their reasons, then retry them.`,
    };
  }
}

function endNote({ number, requests }: Batch, { status, completed }: ProviderBatch): string {
  const count = (many: number) => many.toLocaleString('en');
  return `Batch ${number} ${status}: ${count(completed)} of ${count(requests)} requests were answered.`;
}
