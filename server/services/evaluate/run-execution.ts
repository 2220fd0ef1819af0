import { AdaptiveConcurrency } from '../../domain/adaptive-concurrency.ts';
import { errorMessage } from '../../domain/errors.ts';
import { estimateOutputTokens } from '../../domain/output-estimate.ts';
import { costOf } from '../../domain/price.ts';
import type { PaceWait } from '../../domain/request-pacer.ts';
import type { ErrorLimit, RunStatus, RunSummary } from '../../domain/run.ts';
import { RunTally } from '../../domain/run-tally.ts';
import type { Outcome } from '../../domain/scorer.ts';
import { StoppingWatch } from '../../domain/statistics/early-stopping.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import type { FinishedItem } from '../../storage/result-row.ts';
import type { StoredItem } from '../../storage/result-store.ts';
import type { Stores } from '../../storage/stores.ts';
import { answerItem } from './answer-item.ts';
import { waited } from './ask-until-answered.ts';
import { failuresOfTheConnection, type ItemChoice, type OpenItem, openItems } from './open-items.ts';
import { ResultWriter } from './result-writer.ts';
import { RunBudget } from './run-budget.ts';
import type { RunWork } from './run-work.ts';

/** After so many errors with no answer between them, asking on would only cost time. */
const mostErrorsInARow = 20;

type Ending = { status: RunStatus; reason: string };
/** Asks the model for every open item of a run, as many at a time as the server bears, and stores each answer before the next takes its place. */
export class RunExecution {
  readonly #stores: Stores;
  readonly #work: RunWork;
  readonly #writer: ResultWriter;
  readonly #tally: RunTally;
  readonly #concurrency: AdaptiveConcurrency;
  readonly #note: (text: string) => void;
  /** Aborted when the run is to end at once: ends the calls under way. */
  readonly #aborting = new AbortController();
  /** Aborted when no new call should start: ends every wait. */
  readonly #stopping = new AbortController();
  readonly #notes = new Set<string>();
  readonly #startedAt = Date.now();
  readonly #wallMsBefore: number;
  readonly #doneBefore: number;
  #active = 0;
  #freed: (() => void) | null = null;
  #errorsInARow = 0;
  #servedModel: string | null;
  readonly #watch: StoppingWatch | null;
  readonly #budget: RunBudget;
  #ending: Ending | null = null;
  #onlyOne = false;
  /** Whether the run may end early. */
  #enough = false;

  constructor(stores: Stores, work: RunWork, owner: string, start: RunSummary, note: (text: string) => void) {
    this.#stores = stores;
    this.#work = work;
    this.#writer = new ResultWriter(stores.results, work.run.id, owner, work.scoring);
    this.#tally = new RunTally(start, work.run.settings);
    const { stopAtRate } = work.run.settings;
    this.#watch = stopAtRate === null ? null : new StoppingWatch(stopAtRate);
    this.#concurrency = new AdaptiveConcurrency(work.run.settings.concurrency);
    this.#budget = new RunBudget(work.run.settings.maxCostUsd);
    this.#note = note;
    this.#wallMsBefore = start.wallMs;
    this.#doneBefore = start.done;
    this.#servedModel = work.run.servedModel;
  }

  get wallMs(): number {
    return this.#wallMsBefore + Date.now() - this.#startedAt;
  }

  get concurrency(): number {
    return this.#concurrency.limit;
  }

  summary(): RunSummary {
    return this.#tally.summary(this.wallMs);
  }

  /** Time left at the pace since this execution began; null before the first answer. */
  remainingMs(): number | null {
    const { done, total } = this.summary();
    const finished = done - this.#doneBefore;
    return finished <= 0 ? null : ((Date.now() - this.#startedAt) / finished) * (total - done);
  }

  /** No new call; those under way are waited for and stored. */
  pause(reason = ''): void {
    this.#end({ status: 'paused', reason });
  }

  /** Ends the calls under way as well; their items stay open. */
  abort(status: RunStatus, reason = ''): void {
    this.#end({ status, reason });
    this.#aborting.abort();
  }

  /** Resolves when the run rests, with where it stands. */
  async execute(choice: ItemChoice): Promise<Ending> {
    this.#onlyOne = 'only' in choice;
    const retrying = 'retryErrors' in choice && choice.retryErrors;
    const stored = (place: number, { outcome }: StoredItem) => this.#observe(place, outcome);
    for await (const item of openItems(this.#stores, this.#work, choice, stored)) {
      await this.#room(item);
      if (this.#ending !== null) break;
      if (this.#enough && !(retrying && item.replaces !== null)) {
        // An error may come behind what is not asked any more.
        if (retrying) continue;
        break;
      }
      if (!this.#withinBudget(item)) break;
      this.#active += 1;
      this.#finish(item)
        .catch((error: unknown) => this.abort('failed', errorMessage(error)))
        .finally(() => {
          this.#active -= 1;
          this.#freed?.();
        });
    }
    while (this.#active > 0) await this.#slotFreed();
    return this.#onlyOne ? this.#asBefore() : (this.#ending ?? this.#completed());
  }

  /** Where a run stands after one of its answers was asked for again: what was open stays open. */
  #asBefore(): Ending {
    const { status, statusReason: reason } = this.#work.run;
    const ending = this.#completed();
    if (status === 'completed') return ending;
    const { done, total } = this.summary();
    return status === 'failed' && done >= total && ending.status === 'completed' ? ending : { status, reason };
  }

  #completed(): Ending {
    const { errors, done, total } = this.summary();
    const stopped = this.#watch !== null && this.#watch.state.decision !== 'continue';
    const allowed = allowedErrors(this.#work.run.settings.maxErrors, stopped ? done : total);
    if (errors <= allowed) return { status: 'completed', reason: stopped ? this.#stopReason(this.#watch) : '' };
    return {
      status: 'failed',
      reason: `${errors} of ${total} results are errors; at most ${Math.floor(allowed)} were allowed. Look at their reasons, then retry them.`,
    };
  }

  /** Lets what came of an item count for ending early. */
  #observe(place: number, outcome: Outcome | 'error'): void {
    if (this.#watch === null || this.#onlyOne) return;
    if (this.#watch.add(place, outcome === 'no_answer' ? 'failed' : outcome) !== 'continue') this.#enough = true;
  }

  #stopReason(watch: StoppingWatch): string {
    const { decision, passed, n, interval } = watch.state;
    const { done, total } = this.summary();
    const percent = (rate: number) => `${(100 * rate).toFixed(1)} %`;
    return (
      `Stopped early: the pass rate clearly ${decision === 'met' ? 'lies above' : 'lies below'} ${percent(this.#work.run.settings.stopAtRate ?? 0)}. ` +
      `${passed} of ${n} passed, and the interval that holds at any time is ${percent(interval[0])} to ${percent(interval[1])}. ` +
      `${total - done} of ${total} cases were not asked.`
    );
  }

  #end(ending: Ending): void {
    if (this.#ending === null || this.#ending.status === 'paused') this.#ending = ending;
    this.#stopping.abort();
    this.#freed?.();
  }

  /** Resolves when a call may start, or the run is to end. */
  async #room({ call }: OpenItem): Promise<void> {
    const answered = call.type === 'ready' && call.cached !== null;
    while (this.#ending === null) {
      const wait = this.#concurrency.notBefore - Date.now();
      if (wait > 0) await waited(wait, this.#stopping.signal);
      else if (this.#active >= (this.#budget.isFirst({ answered }) ? 1 : this.#concurrency.limit))
        await this.#slotFreed();
      else return;
    }
  }

  #slotFreed(): Promise<void> {
    return new Promise((resolve) => {
      this.#freed = resolve;
    });
  }

  /** False, and the run pauses, when this call could take the cost above the cap. */
  #withinBudget(item: OpenItem): boolean {
    const { maxCostUsd } = this.#work.run.settings;
    if (maxCostUsd === null || this.#budget.allows(this.#expectedUsd(item), this.#tally.costUsd)) return true;
    this.pause(
      `The cost cap of $${maxCostUsd} would be passed. Raise it with a new run; what is answered is in the cache.`,
    );
    return false;
  }

  #expectedUsd({ case: item, call }: OpenItem): number {
    if (call.type === 'unrenderable') return 0;
    if (call.cached !== null) return this.#budget.expected(null);
    const inputTokens = estimateMessageTokens(call.request.messages);
    const outputTokens = estimateOutputTokens(this.#work.version.content, item.expected);
    return this.#budget.expected(costOf(this.#work.price, { inputTokens, outputTokens, cachedInputTokens: 0 }) ?? 0);
  }

  async #finish(item: OpenItem): Promise<void> {
    const release = this.#budget.reserve(this.#work.run.settings.maxCostUsd === null ? 0 : this.#expectedUsd(item));
    try {
      const finished = await this.#answer(item);
      if (finished === null || (this.#onlyOne && isOfTheConnection(finished))) return;
      await this.#writer.add(finished);
      this.#count(item, finished);
    } finally {
      release();
    }
  }

  #answer(item: OpenItem): Promise<FinishedItem | null> {
    return answerItem(this.#work, item, {
      signal: this.#aborting.signal,
      stopping: this.#stopping.signal,
      succeeded: () => this.#concurrency.succeeded(),
      throttled: (calledAt, retryAfterMs) => this.#throttled(calledAt, retryAfterMs),
      held: (wait) => this.#noteOnce(heldNote(this.#work.model.connection, wait)),
    });
  }

  #throttled(startedAt: number, retryAfterMs: number | null): void {
    if (this.#concurrency.throttled(startedAt, Date.now(), retryAfterMs)) {
      this.#noteOnce(`The server asked for fewer requests: at most ${this.#concurrency.limit} at a time for now.`);
    }
  }

  #noteOnce(text: string): void {
    if (this.#notes.has(text)) return;
    this.#notes.add(text);
    this.#note(text);
  }

  #count({ case: item, place, replaces }: OpenItem, { result, judgement }: FinishedItem): void {
    this.#budget.learn({ result, judgement });
    this.#tally.add({ ...result, judgement, split: item.split, replaces });
    this.#observe(place, judgement?.outcome ?? 'error');
    if (result.type === 'reply') {
      this.#errorsInARow = 0;
      for (const note of result.reply.notes) this.#noteOnce(note);
      if (this.#servedModel === null && result.reply.servedModel !== null) {
        this.#servedModel = result.reply.servedModel;
        this.#stores.runs
          .setServedModel(this.#work.run.id, this.#servedModel)
          .catch((error: unknown) => this.#note(String(error)));
      }
      return;
    }
    this.#errorsInARow += 1;
    const { code, message } = result.failure;
    if (failuresOfTheConnection.includes(code)) this.#end({ status: 'failed', reason: message });
    else if (this.#errorsInARow >= mostErrorsInARow) {
      this.#end({
        status: 'failed',
        reason: `${mostErrorsInARow} errors in a row; the last: ${message} Mend the cause, then resume the run.`,
      });
    }
  }
}

/** An answer is not given up for a model that can't be reached. */
const isOfTheConnection = ({ result }: FinishedItem): boolean =>
  result.type === 'error' && failuresOfTheConnection.includes(result.failure.code);

/** Why calls wait, in words that are the same each time. */
function heldNote(connection: string, { limit: { kind, amount, saidBy } }: PaceWait): string {
  const many = amount === null ? kind : `${amount.toLocaleString('en')} ${kind}`;
  return saidBy === 'settings'
    ? `Calls wait: ${connection} is limited to ${many} a minute in Settings.`
    : `Calls wait: ${connection} says that its limit of ${many} is used up for now.`;
}

/** How many results may be errors. */
function allowedErrors(limit: ErrorLimit, total: number): number {
  return limit.type === 'count' ? limit.value : limit.value * total;
}
