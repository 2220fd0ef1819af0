import { conflict, errorMessage, WhetstoneError } from '../../domain/errors.ts';
import type { LocalModel, LocalModelState } from '../../domain/local-model.ts';
import type { LocalModelFiles } from '../../providers/local/model-files.ts';

type Job = { controller: AbortController; state: LocalModelState; finished: Promise<LocalModel> };
type Listener = (name: string, state: LocalModelState) => void;

/** Fetches files of models in this process, one job a model; they go on whoever asked for them. */
export class ModelDownloads {
  readonly #files: LocalModelFiles;
  readonly #jobs = new Map<string, Job>();
  readonly #failures = new Map<string, LocalModelState>();
  readonly #listeners = new Set<Listener>();

  constructor(files: LocalModelFiles) {
    this.#files = files;
  }

  /** Every model with what is being done about it here. */
  async list(): Promise<LocalModel[]> {
    return (await this.#files.list()).map((model) => this.#withJob(model));
  }

  /** Throws `local_model_missing`. */
  async get(name: string): Promise<LocalModel> {
    return this.#withJob(await this.#files.get(name));
  }

  async isReady(name: string): Promise<boolean> {
    return (await this.#files.find(name)) !== null;
  }

  /** Begins to fetch a model, unless that goes on or its file is there. Throws `local_model_missing`, `model_not_fetchable`, `terms_not_accepted`. */
  async start(name: string, { acceptTerms = false } = {}): Promise<LocalModel> {
    await this.#job(name, acceptTerms);
    return this.get(name);
  }

  /** Resolves when the file is there; rejects as fetching it does, and with the signal's reason once it stops. */
  async fetch(name: string, signal?: AbortSignal, { acceptTerms = false } = {}): Promise<LocalModel> {
    signal?.throwIfAborted();
    const job = await this.#job(name, acceptTerms);
    if (job === null) return this.get(name);
    const stop = () => job.controller.abort(signal?.reason);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    return job.finished.finally(() => signal?.removeEventListener('abort', stop));
  }

  /** Stops a fetch; what has come stays for the next one. Throws `local_model_missing`. */
  async stop(name: string): Promise<LocalModel> {
    await this.#end(name, stopped(name));
    return this.get(name);
  }

  /** Removes the file of a fetched model, or forgets one that was added by path. Throws `local_model_missing`. */
  async remove(name: string): Promise<void> {
    await this.#end(name, stopped(name));
    await this.#files.remove(name);
    this.#failures.delete(name);
  }

  /** Tells of every change until the returned function is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops all that goes on. */
  async close(): Promise<void> {
    await Promise.all([...this.#jobs.keys()].map((name) => this.#end(name, stopped(name))));
  }

  #withJob(model: LocalModel): LocalModel {
    if (model.state.type === 'ready') return model;
    const job = this.#jobs.get(model.name);
    if (job !== undefined) return { ...model, state: job.state };
    const state = this.#failures.get(model.name);
    return state === undefined ? model : { ...model, state };
  }

  /** The one that goes on, or a new one; null where the file is there. */
  async #job(name: string, acceptTerms: boolean): Promise<Job | null> {
    const { state, fileBytes } = await this.#files.get(name);
    if (state.type === 'ready') return null;
    await this.#files.ensureMayFetch(name, acceptTerms);
    return this.#jobs.get(name) ?? this.#begin(name, fileBytes, acceptTerms);
  }

  #begin(name: string, totalBytes: number, acceptTerms: boolean): Job {
    const controller = new AbortController();
    const change = (state: LocalModelState) => {
      job.state = state;
      this.#tell(name, state);
    };
    const finished = Promise.resolve()
      .then(() => this.#files.fetch(name, { signal: controller.signal, acceptTerms, onProgress: change }))
      .finally(() => this.#jobs.delete(name));
    const job: Job = {
      controller,
      state: { type: 'fetching', source: '', receivedBytes: 0, totalBytes },
      finished,
    };
    this.#failures.delete(name);
    this.#jobs.set(name, job);
    this.#tell(name, job.state);
    finished.then(
      ({ state }) => this.#tell(name, state),
      (error: unknown) => this.#ended(name, controller.signal, error),
    );
    return job;
  }

  #ended(name: string, signal: AbortSignal, error: unknown): void {
    if (signal.aborted) {
      this.#tell(name, { type: 'absent' });
      return;
    }
    const state: LocalModelState = {
      type: 'failed',
      reason: errorMessage(error),
      ...(error instanceof WhetstoneError && { code: error.code }),
    };
    this.#failures.set(name, state);
    this.#tell(name, state);
  }

  async #end(name: string, reason: Error): Promise<void> {
    const job = this.#jobs.get(name);
    if (job === undefined) return;
    job.controller.abort(reason);
    await Promise.allSettled([job.finished]);
  }

  #tell(name: string, state: LocalModelState): void {
    for (const listener of this.#listeners) listener(name, state);
  }
}

const stopped = (name: string) =>
  conflict('model_fetch_stopped', `Fetching "${name}" was stopped; the next fetch goes on from where it was.`);
