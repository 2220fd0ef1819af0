import type { FileProblem } from './file-problem.ts';

/** What is wrong with the names in the header row of a table; `columns` are the places where they stand. */
export function headerProblems(names: readonly string[], line: number, columns: readonly number[]): FileProblem[] {
  return names.flatMap((name, at): FileProblem[] => {
    const column = columns[at] ?? at + 1;
    if (name === '') {
      return [
        {
          line,
          column,
          code: 'header_nameless',
          values: { number: at + 1 },
          message: `Field ${at + 1} of the header has no name. Give each field a name of its own.`,
        },
      ];
    }
    if (names.indexOf(name) === at) return [];
    const message = `The header names "${name}" twice. Give each field a name of its own.`;
    return [{ line, column, code: 'header_twice', values: { name }, message }];
  });
}

export const noRows = (line: number): FileProblem => ({
  line,
  code: 'no_rows',
  message: 'There are no rows. Give a header row with the names of the fields and one row for each case.',
});
