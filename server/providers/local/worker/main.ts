import { type WorkerCall, type WorkerReport, type WorkerRequest, workerRequest } from '../protocol.ts';
import { CallFailure, Engine } from './engine.ts';
import { inspect } from './model-header.ts';

// Entry of the process that holds a model. It ends when the server does, however that ends.
process.on('disconnect', () => process.exit(0));

const calls = new Map<number, AbortController>();
let engine: Promise<Engine> | null = null;

process.on('message', (message) => {
  const request = workerRequest.parse(message);
  if (request.type === 'load') engine = load(request);
  else if (request.type === 'cancel') calls.get(request.id)?.abort();
  else void answer(request);
});

function load({ name, path }: Extract<WorkerRequest, { type: 'load' }>): Promise<Engine> {
  const loading = Engine.load(name, path);
  // The calls that wait for it tell; without one nobody asked.
  loading.catch(() => undefined);
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
  }
}

async function reportOf(call: WorkerCall, signal: AbortSignal): Promise<WorkerReport> {
  const { id } = call;
  if (call.type === 'inspect') return { type: 'inspected', id, inspection: await inspect(call.path) };
  if (engine === null) throw new Error('a call came before the model');
  const loaded = await engine;
  if (call.type === 'embed') return { type: 'embedded', id, vectors: await loaded.embed(call.texts, signal) };
  const onText = call.stream ? (text: string) => report({ type: 'text', id, text }) : null;
  return { type: 'completed', id, answer: await loaded.complete(call, signal, onText) };
}

function failureOf(error: unknown) {
  if (error instanceof CallFailure) return { code: error.code, message: error.message };
  return { code: 'server_error' as const, message: error instanceof Error ? error.message : String(error) };
}

function report(message: WorkerReport): void {
  process.send?.(message);
}
