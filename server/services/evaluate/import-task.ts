import { hasErrorCode, invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { Split, SplitCase } from '../../domain/split.ts';
import type { CaseFileOptions } from '../../formats/cases-from-rows.ts';
import type { ReadFile } from '../../formats/rows.ts';
import type { FileImport, SetImport } from './import-set.ts';
import { answerOf, inWorker, type Worked } from './in-worker.ts';
import type { ImportPreview } from './preview-import.ts';

/** What an import leaves to a thread of its own: a large file takes seconds. */
export type ImportTask =
  | { type: 'preview'; path: string; fileName: string; options: CaseFileOptions }
  | { type: 'import'; dataDirectory: string; project: Project; path: string; fileName: string; options: FileImport }
  | { type: 'split'; cases: readonly SplitCase[]; options: { holdoutShare: number; seed: string } };
type Answers = {
  preview: ImportPreview;
  import: SetImport & Pick<ReadFile, 'encoding'>;
  split: Split[];
};
export type ImportAnswer<Type extends keyof Answers = keyof Answers> = Worked<Answers[Type]>;

/**
 * A hostile table can ask for any amount of memory: it ends its thread, not the program. The more a thread may have, the later it looks for what it no
 * longer needs, so a task first gets what some 100,000 rows take, and begins anew with all of it where that was too little.
 */
const memoryLimits = { usualMb: 256, mostMb: 4096 };
/** New objects get little, because most of them stay. */
const maxYoungGenerationSizeMb = 4;

/** Does a task on a thread of its own, until the signal ends it. Throws what the task throws, and `import_too_large` where memory runs out. */
export async function runImportTask<Type extends ImportTask['type']>(
  task: ImportTask & { type: Type },
  signal?: AbortSignal,
  { usualMb, mostMb } = memoryLimits,
): Promise<Answers[Type]> {
  const work = (maxOldGenerationSizeMb: number) =>
    inWorker<ImportAnswer<Type>>('import-worker', task, {
      signal,
      resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb },
    });
  const done = await work(usualMb)
    .catch((error) => {
      // An import that ends so has stored nothing: it is one transaction.
      if (!outOfMemory(error)) throw error;
      return work(mostMb);
    })
    .catch((cause) => {
      throw outOfMemory(cause) ? tooLarge(cause) : cause;
    });
  return answerOf(done);
}

const outOfMemory = (error: unknown): boolean => hasErrorCode(error, 'ERR_WORKER_OUT_OF_MEMORY');

const tooLarge = (cause: unknown) =>
  invalid(
    'import_too_large',
    "This file needs more memory than an import is given. Import it in parts: each becomes the set's next version.",
    { cause },
  );
