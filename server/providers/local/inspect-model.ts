import { invalid } from '../../domain/errors.ts';
import { ProviderError } from '../provider.ts';
import { ModelProcess } from './model-process.ts';
import type { Inspection } from './protocol.ts';

/** What the header of a GGUF file says, and the memory that loading it takes. Throws `model_file_invalid`. */
export async function inspectModel(path: string, signal?: AbortSignal): Promise<Inspection> {
  // In a process of its own: the library that reads it takes longer to load than the rest of the program.
  const worker = new ModelProcess(null);
  try {
    const report = await worker.ask({ type: 'inspect', path }, signal ?? new AbortController().signal);
    if (report.type !== 'inspected') throw new Error(`an inspection was answered by "${report.type}"`);
    return report.inspection;
  } catch (cause) {
    if (!(cause instanceof ProviderError)) throw cause;
    throw invalid('model_file_invalid', `${path} is no GGUF model: ${cause.failure.message}`, { cause });
  } finally {
    worker.close();
  }
}
