import { findJson } from '../../../evals/scorers/shared/find-json.ts';
import { type DraftedCase, type Drafting, type DraftProblem, readDrafts, unreadable } from '../../domain/case-draft.ts';
import type { CompletionRequest } from '../../domain/completion.ts';
import { errorMessage } from '../../domain/errors.ts';
import type { DraftingId } from '../../domain/ids.ts';
import { costOf, type Price } from '../../domain/price.ts';
import type { Provider } from '../../providers/provider.ts';
import type { CaseDraftStore, DraftingPart } from '../../storage/case-draft-store.ts';
import { newRunOwner, ownerIsAlive } from '../../storage/run-owner.ts';
import { askModel } from '../evaluate/ask-model.ts';

/** So many cases a call asks for: few enough that the first ones are soon there. */
export const CASES_A_CALL = 5;
/** Calls beyond those that would do, for what can't be taken. */
const SPARE_CALLS = 2;
/** After so many calls in a row without one case the model is not asked any more. */
const MOST_EMPTY_CALLS = 2;
/** Longest wait for one reply. */
const timeoutMs = 180_000;

/** What a drafting needs of the rest: what to ask for next, and which of the new cases are nearly the same as others. */
export type DraftingWork = {
  provider: Provider;
  price: Price | null;
  fields: readonly string[];
  labels: readonly string[];
  request(count: number): Promise<CompletionRequest>;
  alike(drafts: readonly DraftedCase[]): Promise<DraftingPart['drafts']>;
};
type Job = { controller: AbortController; finished: Promise<void> };

/** Lets models draft cases in this process, on and on whoever looks. What they gave is stored call by call. */
export class CaseDrafter {
  readonly #store: CaseDraftStore;
  readonly #jobs = new Map<DraftingId, Job>();
  /** What could not even be stored. */
  readonly #unstored = new Map<DraftingId, DraftProblem>();
  /** This process, as draftings name it. */
  readonly owner = newRunOwner();
  #closing = false;

  constructor(store: CaseDraftStore) {
    this.#store = store;
  }

  start(drafting: Drafting, work: DraftingWork): void {
    const controller = new AbortController();
    const finished = this.#draft(drafting, work, controller.signal)
      .catch((error: unknown) => {
        this.#unstored.set(drafting.id, draftFailed(error));
      })
      .finally(() => this.#jobs.delete(drafting.id));
    this.#jobs.set(drafting.id, { controller, finished });
  }

  /** One that no process follows any more has ended with it. Where what went wrong could not be stored, it stands here alone. */
  asItStands(drafting: Drafting): Drafting {
    if (drafting.status !== 'running' || this.#isFollowed(drafting)) return drafting;
    const unstored = this.#unstored.get(drafting.id);
    const problems = unstored === undefined ? drafting.problems : [...drafting.problems, unstored];
    return { ...drafting, status: 'interrupted', problems };
  }

  #isFollowed({ id, owner }: Drafting): boolean {
    if (owner === this.owner) return this.#jobs.has(id);
    return owner !== null && ownerIsAlive(owner);
  }

  /** Ends the call under way; what came before stays. Another process asks nothing more once its call is answered. */
  async stop(id: DraftingId): Promise<void> {
    const job = this.#jobs.get(id);
    job?.controller.abort();
    await job?.finished;
    if (job === undefined) await this.#store.end(id, 'stopped');
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#jobs.keys()].map((id) => this.stop(id)));
  }

  async #draft(drafting: Drafting, work: DraftingWork, signal: AbortSignal): Promise<void> {
    const mostCalls = Math.ceil(drafting.wanted / CASES_A_CALL) + SPARE_CALLS;
    let [drafted, empty] = [0, 0];
    try {
      for (let call = 1; call <= mostCalls && drafted < drafting.wanted && empty < MOST_EMPTY_CALLS; call++) {
        // Stopped by another process.
        if ((await this.#store.drafting(drafting.id)).status !== 'running') return;
        const count = Math.min(CASES_A_CALL, drafting.wanted - drafted);
        const asked = await askModel(work.provider, await work.request(count), { timeoutMs, signal });
        if (asked.type === 'dropped')
          return await this.#store.end(drafting.id, this.#closing ? 'interrupted' : 'stopped');
        if (asked.type === 'failure') {
          const { code, message } = asked.failure;
          await this.#store.add(drafting.id, nothingBut({ code, values: {}, message }));
          return await this.#store.end(drafting.id, 'failed');
        }
        const { output, usage } = asked.reply;
        const json = findJson(output);
        const read = json.found ? readDrafts(json.value, work, count) : { drafts: [], problems: [unreadable(output)] };
        const drafts = await work.alike(read.drafts);
        const { inputTokens, outputTokens } = usage;
        const spent = { inputTokens, outputTokens, costUsd: costOf(work.price, usage) };
        await this.#store.add(drafting.id, { drafts, problems: read.problems, ...spent });
        drafted += drafts.length;
        empty = drafts.length === 0 ? empty + 1 : 0;
      }
      await this.#store.end(drafting.id, drafted === 0 ? 'failed' : 'completed');
    } catch (error) {
      // Nobody waits for this promise; what went wrong stands where the drafts would.
      await this.#store.add(drafting.id, nothingBut(draftFailed(error)));
      await this.#store.end(drafting.id, 'failed');
    }
  }
}

const draftFailed = (error: unknown): DraftProblem => ({
  code: 'draft_failed',
  values: {},
  message: errorMessage(error),
});

const nothingBut = (problem: DraftProblem): DraftingPart => ({
  drafts: [],
  problems: [problem],
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
});
