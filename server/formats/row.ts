import type { JsonObject } from '../domain/json.ts';
import type { FileProblem } from './file-problem.ts';

/** One record of a file and the line on which it begins. */
export type Row = { line: number; fields: JsonObject };
export type TakeRow = (row: Row) => void;
export type ReadRows = { rows: Row[]; problems: FileProblem[] };

/** The names of all fields, in the order in which they first appear. */
export function fieldNames(rows: Iterable<Row>): string[] {
  const names = new Set<string>();
  for (const { fields } of rows) for (const name of Object.keys(fields)) names.add(name);
  return [...names];
}
