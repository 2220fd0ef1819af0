import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { unavailable } from '../../domain/errors.ts';
import { nullIfAbsent, withFileLock } from './download/file-lock.ts';

/** A file as it was when its digest was taken; one that changed is read again. */
const seenSchema = z.object({ bytes: z.number(), mtimeMs: z.number(), sha256: z.string() });
const addedSchema = z.object({
  name: z.string(),
  path: z.string(),
  sha256: z.string(),
  title: z.string(),
  licence: z.string().nullable(),
  parameters: z.number().nullable(),
  contextTokens: z.number().nullable(),
  memoryBytes: z.number(),
});
const contentSchema = z.object({
  version: z.literal(1),
  /** By path. */
  seen: z.record(z.string(), seenSchema),
  added: z.array(addedSchema),
});

export type SeenFile = z.infer<typeof seenSchema>;
/** A model that was added by path, with what its file says of itself. */
export type AddedModel = z.infer<typeof addedSchema>;
type Content = z.infer<typeof contentSchema>;

/** What is remembered of models' files, in `models.json` beside them. Other processes may write it too. */
export class ModelRegister {
  readonly #file: string;

  constructor(directory: string) {
    this.#file = path.join(directory, 'models.json');
  }

  /** Throws `models_file_invalid`. */
  async read(): Promise<Content> {
    const text = await readFile(this.#file, 'utf8').catch(nullIfAbsent);
    if (text === null) return { version: 1, seen: {}, added: [] };
    try {
      return contentSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw unavailable(
        'models_file_invalid',
        `${this.#file} can't be read: it is not what Whetstone wrote. Remove it; models added by path have to be added again.`,
        { cause },
      );
    }
  }

  /** Changes what is remembered, one process at a time; the file is whole at every instant. */
  async change(alter: (content: Content) => Content): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    await withFileLock(`${this.#file}.lock`, {}, async () => {
      const beside = `${this.#file}.${randomUUID()}`;
      const text = `${JSON.stringify(alter(await this.read()), null, 2)}\n`;
      try {
        await writeFile(beside, text);
        await rename(beside, this.#file);
      } finally {
        await rm(beside, { force: true });
      }
    });
  }
}
