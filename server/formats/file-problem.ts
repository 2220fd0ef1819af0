import { invalid, type WhetstoneError } from '../domain/errors.ts';

/** What is wrong in a file, where, and how to mend it; lines and columns count from 1. */
export type FileProblem = { line: number; column?: number; message: string };

const shownProblems = 20;

/** One error for all problems of a file: its message is the first of them, the details hold up to twenty. */
export function fileError(code: string, fileName: string, problems: readonly FileProblem[]): WhetstoneError {
  const inOrder = problems.toSorted((a, b) => a.line - b.line);
  const [first, ...others] = inOrder;
  const where = [fileName, first?.line, first?.column].filter((part) => part !== undefined).join(':');
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more ${others.length === 1 ? 'problem' : 'problems'})`;
  return invalid(code, `${where}: ${first?.message ?? 'This file is empty.'}${more}`, {
    details: { problems: inOrder.slice(0, shownProblems) },
  });
}
