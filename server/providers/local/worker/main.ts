import { errorMessage } from '../../../domain/errors.ts';
import { type WorkerCall, type WorkerReport, type WorkerRequest, workerRequest } from '../protocol.ts';
import { CallFailure, Engine } from './engine.ts';
import { inspect } from './model-header.ts';

// Entry of the process that holds a model. It ends when the server does, however that ends.
process.on('disconnect', () => process.exit(0));
// A terminal sends Ctrl-C here too, but the program that asks decides what becomes of the calls under way.
process.on('SIGINT', () => undefined);

/** Each call leaves megabytes outside of JavaScript's memory that are given back only when its rests are collected, which Node sees no reason for. */
const callsBetweenCollections = 8;
let callsSinceCollection = 0;

const calls = new Map<number, AbortController>();
let model: Extract<WorkerRequest, { type: 'load' }> | null = null;
let loading: Promise<Engine> | null = null;

process.on('message', (message) => {
  const request = workerRequest.parse(message);
  if (request.type === 'load') model = request;
  else if (request.type === 'cancel') calls.get(request.id)?.abort();
  else void answer(request);
});

/** Loads the model with the first call that needs it. */
function loaded(): Promise<Engine> {
  if (model === null) throw new Error('a call came before the model');
  if (loading !== null) return loading;
  loading = Engine.load(model.name, model.path);
  loading.catch((error: unknown) => {
    // What was refused may be possible by the next call: there is more memory, or another file.
    if (error instanceof CallFailure) loading = null;
  });
  return loading;
}

async function answer(call: WorkerCall): Promise<void> {
  const { id } = call;
  const controller = new AbortController();
  calls.set(id, controller);
  try {
    report(await reportOf(call, controller.signal));
  } catch (error) {
    if (controller.signal.aborted) report({ type: 'cancelled', id });
    else report({ type: 'failed', id, failure: failureOf(error) });
  } finally {
    calls.delete(id);
    collectAtTimes();
  }
}

function collectAtTimes(): void {
  callsSinceCollection += 1;
  if (callsSinceCollection < callsBetweenCollections) return;
  callsSinceCollection = 0;
  globalThis.gc?.();
}

async function reportOf(call: WorkerCall, signal: AbortSignal): Promise<WorkerReport> {
  const { id } = call;
  if (call.type === 'inspect') return { type: 'inspected', id, inspection: await inspect(call.path) };
  const engine = await loaded();
  if (call.type === 'embed') return { type: 'embedded', id, vectors: await engine.embed(call.texts, signal) };
  const onText = call.stream ? (text: string) => report({ type: 'text', id, text }) : null;
  return { type: 'completed', id, answer: await engine.complete(call, signal, onText) };
}

function failureOf(error: unknown) {
  if (error instanceof CallFailure) return { code: error.code, message: error.message };
  return { code: 'server_error' as const, message: errorMessage(error) };
}

function report(message: WorkerReport): void {
  process.send?.(message);
}
