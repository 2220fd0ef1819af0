import type { JsonObject } from '../domain/json.ts';
import type { FileProblem } from './file-problem.ts';

/** One record of a file and the line on which it begins. */
export type Row = { line: number; fields: JsonObject };
export type ReadRows = { rows: Row[]; problems: FileProblem[] };
