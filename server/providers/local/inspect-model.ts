import { invalid } from '../../domain/errors.ts';
import { ProviderError } from '../provider.ts';
import { ModelProcess } from './model-process.ts';
import type { Inspection } from './protocol.ts';

/** A header is read in no time; a share of the network that hangs is not waited for. */
const longestMs = 30_000;

/** What the header of a GGUF file says, and the memory that loading it takes. Throws `model_file_invalid`. */
export async function inspectModel(path: string): Promise<Inspection> {
  // In a process of its own: the library that reads it takes longer to load than the rest of the program.
  const worker = new ModelProcess(null);
  const signal = AbortSignal.timeout(longestMs);
  try {
    const report = await worker.ask({ type: 'inspect', path }, signal);
    if (report.type !== 'inspected') throw new Error(`an inspection was answered by "${report.type}"`);
    return report.inspection;
  } catch (cause) {
    if (cause === signal.reason) {
      const message = `${path} could not be read within ${longestMs / 1000} seconds. Check the disk that it lies on.`;
      throw invalid('model_file_invalid', message, { cause });
    }
    if (!(cause instanceof ProviderError)) throw cause;
    throw invalid('model_file_invalid', `${path} is no GGUF model: ${cause.failure.message}`, { cause });
  } finally {
    worker.close();
  }
}
