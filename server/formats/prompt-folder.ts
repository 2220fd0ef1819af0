import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hasErrorCode, invalid } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { promptContentHash } from '../domain/prompt.ts';
import type { SyncedPrompt } from '../domain/prompt-sync.ts';
import { systemRefusal } from '../domain/system-refusal.ts';
import { fileError } from './file-problem.ts';
import type { PromptFile } from './prompt-file.ts';
import { readPromptYml } from './prompt-yml.ts';

/** A prompt as a file of a folder. */
export type FolderFile = { prompt: string; path: string; text: string; hash: string } & PromptFile;

const ENDING = '.prompt.yml';
/** What was said last on both sides, beside the files. It belongs in git with them. */
const SYNC_FILE = '.whetstone-sync.json';
const syncFields = z.record(z.string(), z.object({ version: z.number(), hash: z.string() }));
const promptName = /^[a-z0-9-]+$/;

/** The prompts of one project as files, `<folder>/<project>/<prompt>.prompt.yml`. */
export class PromptFolder {
  readonly #folder: string;

  constructor(folder: string, project: string) {
    this.#folder = path.join(folder, project);
  }

  pathOf(prompt: string): string {
    return path.join(this.#folder, `${prompt}${ENDING}`);
  }

  /** Names of the prompts that have a file; numbered ones, `NAME.v2.prompt.yml`, are versions that came with a sample. */
  async names(): Promise<string[]> {
    const files = await orNone(readdir(this.#folder));
    const names = (files ?? []).filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
    return names.filter((name) => promptName.test(name)).sort();
  }

  /** Null where there is no such file. Throws `prompt_file_invalid`. */
  async read(prompt: string): Promise<FolderFile | null> {
    const file = this.pathOf(prompt);
    const text = promptName.test(prompt) ? await orNone(readFile(file, 'utf8')) : null;
    if (text === null) return null;
    const read = readPromptYml(file, text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
    return { ...read, prompt, path: file, text, hash: promptContentHash(read.content) };
  }

  /** Throws `file_unwritable`. */
  async write(prompt: string, text: string): Promise<void> {
    await this.#writeFile(this.pathOf(prompt), text);
  }

  /** What was said last on both sides. Throws `sync_file_invalid`. */
  async synced(): Promise<Record<string, SyncedPrompt>> {
    const file = path.join(this.#folder, SYNC_FILE);
    const text = await orNone(readFile(file, 'utf8'));
    if (text === null) return {};
    const read = syncFields.safeParse(parseJson(text));
    if (read.success) return read.data;
    const message = 'This is not what "prompts pull" writes. Delete it, and pull again; nothing is overwritten untold.';
    throw fileError('sync_file_invalid', file, [{ line: 1, message }]);
  }

  async noteSynced(prompt: string, said: SyncedPrompt): Promise<void> {
    const all = { ...(await this.synced()), [prompt]: said };
    const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
    await this.#writeFile(path.join(this.#folder, SYNC_FILE), `${JSON.stringify(sorted, null, 2)}\n`);
  }

  /** Throws `file_unwritable`. */
  async #writeFile(file: string, text: string): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(file, text);
    } catch (cause) {
      throw invalid('file_unwritable', `${file} can't be written: ${systemRefusal(cause)}. Name another folder.`, {
        cause,
      });
    }
  }
}

/** Null where the file or folder is not there. */
async function orNone<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}
