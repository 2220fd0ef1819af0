import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { ScoringError } from '../../domain/scorer.ts';
import type { ScriptAnswer, ScriptTask } from './script-worker.ts';

/** The worker ends a script by itself after a second; one that it can't end, it is ended with. */
const longestMs = 3_000;

/**
 * Runs JavaScript that can reach nothing but its input: no files, no network, no clock, no modules. It runs in QuickJS, compiled to WebAssembly with a bound
 * on its memory, on a thread of its own that is given up where a script holds it.
 */
export class ScriptSandbox {
  #worker: Promise<Worker> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** What the script returns. One runs at a time. Throws `ScoringError`, and the signal's reason when aborted. */
  readonly run = (source: string, input: JsonObject, signal: AbortSignal): Promise<JsonValue> => {
    const result = this.#last.then(() => {
      signal.throwIfAborted();
      return this.#answer({ source, input });
    });
    // The next waits for its end alone; why it failed is told to whoever asked it.
    this.#last = result.catch(() => undefined);
    return result;
  };

  close(): void {
    // One that could not start has nothing to end; why it could not is told to whoever asked it.
    this.#worker?.then(
      (worker) => worker.terminate(),
      () => undefined,
    );
    this.#worker = null;
  }

  async #answer(task: ScriptTask): Promise<JsonValue> {
    this.#worker ??= newWorker();
    try {
      const answer = await answerOf(await this.#worker, task);
      if (answer.type === 'threw') throw new ScoringError('script_failed', answer.message);
      return answer.value;
    } catch (error) {
      // What a script broke or holds, or what could not start, is not used again.
      this.close();
      throw error;
    }
  }
}

async function answerOf(worker: Worker, task: ScriptTask): Promise<ScriptAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ScriptAnswer>();
  const failed = (reason: string) => reject(new ScoringError('script_failed', reason));
  const timer = setTimeout(() => failed('The script did not come to an end, and was ended.'), longestMs);
  const broken = (error: Error) => failed(`The script broke what it ran in: ${error.message}.`);
  worker.once('message', resolve);
  worker.once('error', broken);
  worker.postMessage(task);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', resolve);
    worker.off('error', broken);
  }
}

/** Resolves when scripts can be given to it. It keeps no process alive. */
async function newWorker(): Promise<Worker> {
  const file = new URL(`./script-worker${path.extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { env: {}, execArgv: [] });
  const ready = Promise.withResolvers<Worker>();
  worker.once('message', () => ready.resolve(worker));
  worker.once('error', ready.reject);
  await ready.promise;
  worker.unref();
  return worker;
}
