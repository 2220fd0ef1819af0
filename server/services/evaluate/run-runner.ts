import { contentHash } from '../../domain/content-hash.ts';
import { conflict, errorMessage, WhetstoneError } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run, RunStatus, RunSummary } from '../../domain/run.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { newRunOwner } from '../../storage/run-owner.ts';
import { BatchExecution } from './batch-execution.ts';
import type { ItemChoice } from './open-items.ts';
import { RunExecution } from './run-execution.ts';
import { withoutBatches } from './run-request.ts';
import { prepareRunWork, type RunDependencies, type RunWork } from './run-work.ts';

const leaseMs = 15_000;
const renewEveryMs = 500;
const progressEveryMs = 100;

type Execution = RunExecution | BatchExecution;
type Listener = (event: RunEvent) => void;

/** Executes runs in this process. Other processes see that it does, and can ask it to pause or cancel. */
export class RunRunner {
  readonly #workbench: RunDependencies;
  readonly #owner = newRunOwner();
  readonly #executions = new Map<RunId, { execution: Execution; finished: Promise<Run> }>();
  readonly #listeners = new Map<RunId, Set<Listener>>();

  constructor(workbench: RunDependencies) {
    this.#workbench = workbench;
  }

  /** Whether this process executes the run. */
  executes(run: RunId): boolean {
    return this.#executions.has(run);
  }

  /**
   * Takes the run and starts it; `finished` resolves when it rests. Throws `run_taken` when a process executes it already, and what makes it
   * impossible, such as a model that is not allowed.
   */
  async start(id: RunId, choice: ItemChoice = { retryErrors: false }): Promise<{ finished: Promise<Run> }> {
    const { stores } = this.#workbench;
    const work = await prepareRunWork(this.#workbench, await stores.runs.get(id));
    if (!(await stores.runs.claim(id, this.#owner, leaseMs))) {
      throw conflict('run_taken', `Run ${id} is being executed already, here or in another process.`);
    }
    const bases = await stores.runs.priceBases(id);
    const basis = work.priceBasis;
    if (basis !== null && contentHash(bases.at(-1) ?? null) !== contentHash(basis))
      await stores.runs.setPriceBases(id, [...bases, basis]);
    const start = await stores.runs.summary(id);
    const note = (text: string) => {
      this.#keep(id, { type: 'note', text }).catch((error: unknown) =>
        execution.abort('failed', databaseFailure(error)),
      );
    };
    const { execution, executed } = this.#executionOf(work, start, choice, note);
    await this.#keep(id, { type: 'status', status: 'running', reason: '' });
    const finished = this.#execute(id, execution, executed);
    this.#executions.set(id, { execution, finished });
    return { finished };
  }

  /** Asks for a pause or the end of a run, wherever it executes; a run that rests keeps the reason. */
  async request(id: RunId, request: 'pause' | 'cancel', reason = ''): Promise<void> {
    const here = this.#executions.get(id) ?? (await this.#takeOver(id));
    if (here === undefined) {
      const state = await this.#workbench.stores.runs.request(id, request, reason);
      if (state === 'at_rest')
        await this.#keep(id, { type: 'status', status: request === 'pause' ? 'paused' : 'cancelled', reason });
      return;
    }
    if (request === 'pause') here.execution.pause();
    else here.execution.abort('cancelled');
    // A provider takes its time to cancel a batch; that it was asked is enough to know.
    const asked = here.execution instanceof BatchExecution ? [here.execution.cancelled] : [];
    await Promise.race([here.finished, ...asked]);
  }

  /** Lets go of a run in batches once all is sent, or at once; its provider goes on. */
  async detach(id: RunId, options: { atOnce: boolean }): Promise<void> {
    const here = this.#executions.get(id);
    if (here === undefined || !(here.execution instanceof BatchExecution)) return;
    here.execution.detach(options);
    await here.finished;
  }

  /** A run whose batches nobody follows is followed here, to have them cancelled. Where that can't be, they are given up. */
  async #takeOver(id: RunId) {
    const { batches, runs } = this.#workbench.stores;
    const open = await batches.open(id);
    if (open.length === 0) return undefined;
    try {
      await this.start(id);
      return this.#executions.get(id);
    } catch (error) {
      if (!(error instanceof WhetstoneError)) throw error;
      if (error.code === 'run_taken') return undefined;
      for (const batch of open) await batches.settle(batch.id);
      await runs.addEvent(id, { type: 'note', text: `The provider could not be asked to cancel: ${error.message}` });
      return undefined;
    }
  }

  /** Calls back for each event of a run that this process executes; returns how to stop. */
  subscribe(id: RunId, listener: Listener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }

  /** Ends what executes here; the runs stand as interrupted and can be resumed. */
  async close(): Promise<void> {
    const executing = [...this.#executions.values()];
    for (const { execution } of executing) {
      execution.abort(
        'interrupted',
        'The program that executed this run was stopped. Resume it to go on from where it stopped.',
      );
    }
    await Promise.all(executing.map(({ finished }) => finished));
  }

  #executionOf(work: RunWork, start: RunSummary, choice: ItemChoice, note: (text: string) => void) {
    const { stores } = this.#workbench;
    // One answer that is asked for again is not worth a batch.
    if (work.run.settings.mode === 'live' || 'only' in choice) {
      const execution = new RunExecution(stores, work, this.#owner, start, note);
      return { execution, executed: () => execution.execute(choice) };
    }
    const { batches } = work.provider;
    if (batches === undefined) throw withoutBatches(work.model.connection);
    const execution = new BatchExecution({ stores, work, batches }, this.#owner, start, note);
    return { execution, executed: () => execution.execute(choice) };
  }

  async #execute(
    id: RunId,
    execution: Execution,
    executed: () => Promise<{ status: RunStatus; reason: string }>,
  ): Promise<Run> {
    const { stores } = this.#workbench;
    const renewal = setInterval(() => void this.#renew(id, execution), renewEveryMs);
    const progress = setInterval(() => this.#progress(id, execution, 'running'), progressEveryMs);
    try {
      const { status, reason } = await executed().catch((error: unknown) => {
        execution.abort('failed');
        return { status: 'failed' as const, reason: error instanceof Error ? error.message : String(error) };
      });
      if (await stores.runs.rest(id, this.#owner, { status, reason, wallMs: execution.wallMs })) {
        await this.#keep(id, { type: 'status', status, reason });
      }
      this.#progress(id, execution, status);
      return await stores.runs.get(id);
    } finally {
      clearInterval(renewal);
      clearInterval(progress);
      this.#executions.delete(id);
    }
  }

  async #renew(id: RunId, execution: Execution): Promise<void> {
    const asked = await this.#workbench.stores.runs
      .renew(id, this.#owner, leaseMs, execution.wallMs)
      .catch((error: unknown) => {
        execution.abort('failed', databaseFailure(error));
        return null;
      });
    if (asked === 'pause') execution.pause();
    if (asked === 'cancel') execution.abort('cancelled');
    if (asked === 'lost') execution.abort('interrupted', 'Another process took this run over.');
  }

  #progress(id: RunId, execution: Execution, status: RunStatus): void {
    if (!this.#listeners.has(id)) return;
    this.#emit({
      type: 'progress',
      runId: id,
      at: new Date().toISOString(),
      status,
      summary: execution.summary(),
      concurrency: execution.concurrency,
      remainingMs: status === 'running' ? execution.remainingMs() : null,
    });
  }

  async #keep(id: RunId, event: Parameters<RunDependencies['stores']['runs']['addEvent']>[1]): Promise<void> {
    this.#emit(await this.#workbench.stores.runs.addEvent(id, event));
  }

  #emit(event: RunEvent): void {
    for (const listener of this.#listeners.get(event.runId) ?? []) listener(event);
  }
}

const databaseFailure = (error: unknown): string => `The database can't be written: ${errorMessage(error)}`;
