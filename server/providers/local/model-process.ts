import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { ProviderError } from '../provider.ts';
import { type WorkerCall, type WorkerReport, type WorkerRequest, workerReport } from './protocol.ts';

type Finished = Exclude<WorkerReport, { type: 'text' | 'failed' | 'cancelled' }>;
type Waiting = { onText?: (text: string) => void; finish: (report: Finished) => void; fail: (error: unknown) => void };
/** Without the number that tells it from others. */
type Call = WorkerCall extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never;

/** An unused model gives its memory back after this time. */
const idleMs = 300_000;
const entry = path.join(import.meta.dirname, 'worker', `main${path.extname(import.meta.filename)}`);

/**
 * A process of its own for one model, started when first asked and again after it ended: a crash in native code ends its calls and nothing else.
 */
export class ModelProcess {
  readonly #model: { name: string; path: string } | null;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | null = null;
  #lastId = 0;
  #idle: NodeJS.Timeout | undefined;

  /** Null for a process that only reads headers. */
  constructor(model: { name: string; path: string } | null) {
    this.#model = model;
  }

  /** Rejects with `ProviderError`, or with the signal's reason as soon as it is aborted. */
  ask(call: Call, signal: AbortSignal, onText?: (text: string) => void): Promise<Finished> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const child = this.#child ?? this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Finished>((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.get(id)?.fail(signal.reason);
        this.#send(child, { type: 'cancel', id });
      };
      const done = () => {
        signal.removeEventListener('abort', onAbort);
        this.#waiting.delete(id);
        if (this.#waiting.size === 0) this.#rest(child);
      };
      this.#waiting.set(id, {
        onText,
        finish: (report) => {
          done();
          resolve(report);
        },
        fail: (error) => {
          done();
          reject(error);
        },
      });
      signal.addEventListener('abort', onAbort, { once: true });
      child.ref();
      child.channel?.ref();
      this.#send(child, { ...call, id });
    });
  }

  /** Ends the process; calls under way fail. The next call starts it anew. */
  close(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const child = fork(entry, {
      env: {
        ...passedOn(),
        // The library samples the sequences of a batch on several threads over one buffer that they all reorder: with more than one thread,
        // answers get the probabilities of others.
        UV_THREADPOOL_SIZE: '1',
      },
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    lowerPriority(child);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('message', (message) => {
      const report = workerReport.safeParse(message);
      if (report.success) this.#receive(report.data);
      // What it says can't be relied on any more; its end fails the calls.
      else child.kill('SIGKILL');
    });
    child.on('error', (error) => this.#ended(child, error.message));
    child.on('exit', (code, signal) => this.#ended(child, said.trim() || `exit ${signal ?? code}`));
    if (this.#model !== null) this.#send(child, { type: 'load', ...this.#model });
    return child;
  }

  #send(child: ChildProcess, request: WorkerRequest): void {
    // A process that has ended meanwhile says so by its exit.
    if (child.connected) child.send(request, () => undefined);
  }

  #receive(report: WorkerReport): void {
    const waiting = this.#waiting.get(report.id);
    if (waiting === undefined || report.type === 'cancelled') return;
    if (report.type === 'text') waiting.onText?.(report.text);
    else if (report.type === 'failed') waiting.fail(new ProviderError(report.failure, { retryable: false }));
    else waiting.finish(report);
  }

  #ended(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    const name = this.#model?.name ?? 'the model';
    const message = `The process of ${name} ended while it answered (${reason}). It starts again with the next call.`;
    for (const waiting of [...this.#waiting.values()]) {
      waiting.fail(new ProviderError({ code: 'server_error', message }, { retryable: true }));
    }
  }

  /** Lets this process end while the other only waits, and the other end after a while. */
  #rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.#idle = setTimeout(() => child.kill(), idleMs).unref();
  }
}

/** No key goes to a process that needs none. */
const passedOn = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE', 'LD_LIBRARY_PATH'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The pages come first. */
export function lowerPriority(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not every system lets a process do so; it only decides who waits.
  }
}
