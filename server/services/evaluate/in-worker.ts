import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type ErrorKind, WhetstoneError } from '../../domain/errors.ts';

/** What a file beside this one makes of `data` on a thread of its own, so that pages are answered meanwhile. `Result` is what it posts, after how far it is as `{progress}`. The signal ends it. */
export async function inWorker<Result, Progress = never>(
  name: string,
  data: unknown,
  { signal, resourceLimits, progress }: Options<Progress> = {},
): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const file = new URL(`./${name}${path.extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { workerData: data, resourceLimits, env: environment() });
  const stop = () => reject(signal?.reason);
  signal?.addEventListener('abort', stop);
  worker.on('message', (posted: Result | { progress: Progress }) => {
    if (isProgress(posted)) progress?.(posted.progress);
    else resolve(posted);
  });
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`${name} ended with code ${code} before it was done.`)));
  return promise.finally(() => {
    signal?.removeEventListener('abort', stop);
    return worker.terminate();
  });
}

/** What a thread posts that may refuse: the prototype of an error does not survive the way. */
export type Worked<Answer> = { answer: Answer } | Refusal;
type Refusal = {
  refused: { kind: ErrorKind; code: string; message: string; details: WhetstoneError['details'] };
};

/** In the thread: what was thrown, to be posted. Throws on what is no refusal. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof WhetstoneError)) throw error;
  const { kind, code, message, details } = error;
  return { refused: { kind, code, message, details } };
}

/** What a thread answered. Throws what it refused with. */
export function answerOf<Answer>(worked: Worked<Answer>): Answer {
  if ('answer' in worked) return worked.answer;
  const { kind, code, message, details } = worked.refused;
  throw new WhetstoneError(kind, code, message, { details });
}

type Options<Progress> = {
  signal?: AbortSignal;
  resourceLimits?: ResourceLimits;
  progress?: (progress: Progress) => void;
};

const isProgress = <Result, Progress>(posted: Result | { progress: Progress }): posted is { progress: Progress } =>
  typeof posted === 'object' && posted !== null && 'progress' in posted;

/** A thread does not share the program's cache of compiled code by itself: with it, it starts in half the time and takes 25 MB less. The cache is in a folder of this Node's within the one that is named. */
function environment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: path.dirname(cache) };
}
