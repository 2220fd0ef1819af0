import { execFile } from 'node:child_process';
import type { Stats } from 'node:fs';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { conflict, hasErrorCode, invalid, unavailable } from '../domain/errors.ts';

export type WrittenFile = {
  path: string;
  state: 'created' | 'changed' | 'same';
  /** Lines against what git has; of a file that git does not know yet all are added. */
  added: number;
  removed: number;
};

/** Neither the repository's hooks nor its watcher of files may start a program. */
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** A folder of a git working tree, into which files are written that git could give back. Nothing is ever staged or committed. */
export class GitFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = path.resolve(folder);
  }

  /**
   * Writes a file below the folder. Throws `git_missing`, `folder_not_in_git`, and `file_uncommitted` where the file holds what git does not or may not see.
   */
  async write(name: string, text: string): Promise<WrittenFile> {
    await this.#requireWorkingTree();
    const file = path.join(this.#folder, name);
    await this.#requireNoLink(path.dirname(name));
    const before = await readIfThere(file);
    const lines = text.split('\n').length - 1;
    if (before === text) return { path: file, state: 'same', added: 0, removed: 0 };
    await this.#requireCommitted(name, file);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    if (before === null) return { path: file, state: 'created', added: lines, removed: 0 };
    const [added = '0', removed = '0'] = (
      await this.#git('diff', '--numstat', '--no-ext-diff', '--no-textconv', '--', name)
    ).split('\t');
    return { path: file, state: 'changed', added: Number(added), removed: Number(removed) };
  }

  async #requireWorkingTree(): Promise<void> {
    const inside = await this.#git('rev-parse', '--is-inside-work-tree').catch((cause: unknown) => {
      if (isMissing(cause)) throw gitMissing(cause, this.#folder);
      return 'false';
    });
    if (inside.trim() === 'true') return;
    throw invalid(
      'folder_not_in_git',
      `${this.#folder} is no folder of a git repository, so that nothing written over could be had back. Name one that is, or write the file with --out.`,
    );
  }

  /** Git does not look behind a folder that is a link: what is there it could not give back. */
  async #requireNoLink(name: string): Promise<void> {
    if (name === '.') return;
    await this.#requireNoLink(path.dirname(name));
    const folder = path.join(this.#folder, name);
    if ((await statIfThere(folder))?.isSymbolicLink()) throw notPlain(folder, 'folder');
  }

  async #requireCommitted(name: string, file: string): Promise<void> {
    const status = await this.#git('status', '--porcelain', '--ignored', '--untracked-files=all', '--', name);
    if (status.trim() === '') return;
    throw conflict(
      'file_uncommitted',
      `${file} has changes that git does not have, and nothing was written. Commit them, or take them back with "git restore", and export again.`,
      { details: { path: file } },
    );
  }

  async #git(...args: string[]): Promise<string> {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
    const { stdout } = await promisify(execFile)('git', [...safely, ...args], { cwd: this.#folder, env });
    return stdout;
  }
}

/** Null where there is none. A link would lead out of the folder. Throws `file_uncommitted`. */
async function readIfThere(file: string): Promise<string | null> {
  const found = await statIfThere(file);
  if (found === null) return null;
  if (found.isFile()) return readFile(file, 'utf8');
  throw notPlain(file, 'file');
}

/** Null where there is nothing. */
const statIfThere = (file: string): Promise<Stats | null> =>
  lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

const notPlain = (at: string, what: 'file' | 'folder') =>
  conflict('file_uncommitted', `${at} is no plain ${what}, and nothing was written. Move it away, and export again.`, {
    details: { path: at },
  });

const isMissing = (error: unknown): boolean => hasErrorCode(error, 'ENOENT');

/** `ENOENT` means either: the program or the folder is not there. */
const gitMissing = (cause: unknown, folder: string) =>
  unavailable('git_missing', `git could not look at ${folder}: the folder, or git itself, is not there.`, { cause });
