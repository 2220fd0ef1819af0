import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { conflict, errorMessage } from '../../domain/errors.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { inWorker } from '../evaluate/in-worker.ts';
import type { Rewritten, StoredProgress } from './redact-stored.ts';

export type RedactTask = { dataDirectory: string; project: Pick<Project, 'id'>; author: string };
/** What the thread posts at its end. */
export type RedactAnswer = { answer: Rewritten } | { failed: { code: string; reason: string } };

export type StoredState =
  | { state: 'idle' }
  | ({ state: 'running' } & StoredProgress)
  | { state: 'stopped' }
  | { state: 'failed'; code: string; reason: string }
  | ({ state: 'done'; copies: string[] } & Rewritten);

type Job = { controller: AbortController; ended: Promise<void> };

/** Applies rules to what was stored before them, a thread for one project at a time; it goes on whoever looks on. */
export class StoredRedactions {
  readonly #dataDirectory: string;
  readonly #states = new Map<ProjectId, StoredState>();
  #job: Job | null = null;

  constructor(dataDirectory: string) {
    this.#dataDirectory = dataDirectory;
  }

  state({ id }: Pick<Project, 'id'>): StoredState {
    return this.#states.get(id) ?? { state: 'idle' };
  }

  /** Throws `redaction_under_way`: the file is rewritten at the end, once at a time. */
  start({ id }: Pick<Project, 'id'>, author: string): StoredState {
    if (this.#job !== null) {
      throw conflict(
        'redaction_under_way',
        'Rules are being applied to what is stored. Wait until that is done, or stop it.',
      );
    }
    const controller = new AbortController();
    const set = (state: StoredState) => this.#states.set(id, state);
    set({ state: 'running', phase: 'texts', done: 0, total: 0 });
    const ended = this.#work(
      { dataDirectory: this.#dataDirectory, project: { id }, author },
      controller.signal,
      (step) => set({ state: 'running', ...step }),
    ).then((state) => {
      set(state);
      this.#job = null;
    });
    this.#job = { controller, ended };
    return this.state({ id });
  }

  /** What was rewritten stays so. */
  async stop(project: Pick<Project, 'id'>): Promise<StoredState> {
    if (this.state(project).state === 'running') await this.close();
    return this.state(project);
  }

  /** Resolves once nothing goes on. */
  async settled(): Promise<void> {
    await this.#job?.ended;
  }

  async close(): Promise<void> {
    this.#job?.controller.abort();
    await this.settled();
  }

  async #work(task: RedactTask, signal: AbortSignal, progress: (step: StoredProgress) => void): Promise<StoredState> {
    try {
      const done = await inWorker<RedactAnswer, StoredProgress>('../monitor/redact-worker', task, { signal, progress });
      if ('failed' in done) return { state: 'failed', ...done.failed };
      return { state: 'done', ...done.answer, copies: await copiesIn(this.#dataDirectory) };
    } catch (error) {
      if (signal.aborted) return { state: 'stopped' };
      return {
        state: 'failed',
        code: 'redaction_failed',
        reason: errorMessage(error),
      };
    }
  }
}

/** Copies of the database that were made before a new version changed it. */
async function copiesIn(dataDirectory: string): Promise<string[]> {
  const names = await readdir(path.join(dataDirectory, 'backups')).catch(() => []);
  return names.filter((name) => name.endsWith('.db')).map((name) => path.join('backups', name));
}
