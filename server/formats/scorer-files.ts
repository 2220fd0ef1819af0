import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { invalid, missing } from '../domain/errors.ts';
import { type ScorerFile, scorerFileName, scorerFileOf } from '../domain/scorer-file.ts';

const ending = '.js';
const mostBytes = 256 * 1024;

/** The scorers of one's own in a folder, by name; none where there is no such folder. Files that are too large are left out. */
export async function listScorerFiles(directory: string): Promise<ScorerFile[]> {
  const files = await Promise.all((await namesIn(directory)).map((name) => read(directory, name)));
  return files.filter((file) => file !== null && file !== 'too_large');
}

/** Throws `scorer_file_missing` and `scorer_file_too_large`. */
export async function readScorerFile(directory: string, name: string): Promise<ScorerFile> {
  const file = scorerFileName.test(name) ? await read(directory, name) : null;
  if (file === 'too_large') {
    throw invalid(
      'scorer_file_too_large',
      `${name}${ending} has more than ${mostBytes / 1024} KB. Write a shorter one.`,
      {
        details: { name, kilobytes: mostBytes / 1024 },
      },
    );
  }
  if (file !== null) return file;
  const names = await namesIn(directory);
  const there = names.length === 0 ? 'There are none' : `There are: ${names.join(', ')}`;
  throw missing(
    'scorer_file_missing',
    `There is no scorer file ${path.join(directory, `${name}${ending}`)}. ${there}. Write it, or say with --scorers where your files are.`,
    { details: { name, directory, names } },
  );
}

async function namesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory).catch(noneWhereMissing);
  return (entries ?? [])
    .filter((entry) => entry.endsWith(ending))
    .map((entry) => entry.slice(0, -ending.length))
    .filter((name) => scorerFileName.test(name))
    .sort();
}

/** Null where there is no such file. */
async function read(directory: string, name: string): Promise<ScorerFile | 'too_large' | null> {
  const file = path.join(directory, `${name}${ending}`);
  const found = await stat(file).catch(noneWhereMissing);
  if (!found?.isFile()) return null;
  if (found.size > mostBytes) return 'too_large';
  return scorerFileOf(name, await readFile(file, 'utf8'));
}

function noneWhereMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
