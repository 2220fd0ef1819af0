import type { FileProblem } from './file-problem.ts';

/** What is wrong with the names in the header row of a table; `columns` are the places where they stand. */
export function headerProblems(names: readonly string[], line: number, columns: readonly number[]): FileProblem[] {
  return names.flatMap((name, at) => {
    const column = columns[at] ?? at + 1;
    if (name === '') {
      return [
        { line, column, message: `Field ${at + 1} of the header has no name. Give each field a name of its own.` },
      ];
    }
    if (names.indexOf(name) === at) return [];
    return [{ line, column, message: `The header names "${name}" twice. Give each field a name of its own.` }];
  });
}

export const noRows = (line: number): FileProblem => ({
  line,
  message: 'There are no rows. Give a header row with the names of the fields and one row for each case.',
});
