import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { unavailable } from '../domain/errors.ts';
import type { CaseContent } from '../domain/evaluation-set.ts';
import { readCases } from './cases-from-rows.ts';
import { readYaml } from './yaml-source.ts';

/** An evaluation set that is kept as a folder: `set.yml` says what it is, `cases.jsonl` holds its cases. */
export type SetFolder = { name: string; notes: string; licence: string; holdoutShare: number; cases: CaseContent[] };

const setFields = z.strictObject({
  name: z.string().trim().min(1).max(80),
  notes: z.string().default(''),
  licence: z.string().trim().min(1),
  holdout: z.number().min(0).max(0.9),
});

/** Throws `set_folder_unreadable`, `set_file_invalid`, `import_failed`. */
export async function readSetFolder(folder: string): Promise<SetFolder> {
  const about = await readPart(path.join(folder, 'set.yml'));
  const cases = await readPart(path.join(folder, 'cases.jsonl'));
  const { holdout, ...set } = readYaml(about, setFields, 'set_file_invalid');
  return { ...set, holdoutShare: holdout, cases: readCases(cases.fileName, cases.text).cases };
}

async function readPart(fileName: string): Promise<{ fileName: string; text: string }> {
  try {
    return { fileName, text: await readFile(fileName, 'utf8') };
  } catch (cause) {
    throw unavailable(
      'set_folder_unreadable',
      `${fileName} can't be read. A set's folder holds a set.yml and a cases.jsonl.`,
      { cause },
    );
  }
}
