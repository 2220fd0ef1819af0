import { WhetstoneError } from '../domain/errors.ts';

/** What is wrong in a file, where, and how to mend it; lines and columns count from 1. A stable code and what it is about are there where pages say it in their own words. */
export type FileProblem = { line: number; column?: number } & Saying;
export type Saying = { message: string; code?: string; values?: Readonly<Record<string, string | number>> };

const shownProblems = 20;

/** One error for all problems of a file: its message is the first of them, the details hold up to twenty. */
export class FileError extends WhetstoneError {
  readonly problems: readonly FileProblem[];

  constructor(code: string, fileName: string, all: readonly FileProblem[]) {
    const inOrder = all.toSorted((a, b) => a.line - b.line);
    const [first, ...others] = inOrder;
    const where = [fileName, first?.line, first?.column].filter((part) => part !== undefined).join(':');
    const more =
      others.length === 0 ? '' : ` (and ${others.length} more ${others.length === 1 ? 'problem' : 'problems'})`;
    const problems = inOrder.slice(0, shownProblems);
    super('invalid', code, `${where}: ${first?.message ?? 'This file is empty.'}${more}`, { details: { problems } });
    this.problems = problems;
  }
}

export const fileError = (code: string, fileName: string, problems: readonly FileProblem[]): FileError =>
  new FileError(code, fileName, problems);
