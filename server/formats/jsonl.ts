import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import type { FileProblem, Saying } from './file-problem.ts';
import { jsonError } from './json-error.ts';
import type { ReadRows, Row } from './row.ts';

/** Reads one JSON object a line; blank lines are skipped. */
export function readJsonLines(text: string): ReadRows {
  const rows: Row[] = [];
  const problems: FileProblem[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((source, index) => {
      if (source.trim() === '') return;
      const read = readLine(source);
      if ('message' in read) problems.push({ line: index + 1, ...read });
      else rows.push({ line: index + 1, fields: read.fields });
    });
  if (rows.length === 0 && problems.length === 0) {
    problems.push({ line: 1, code: 'no_rows', message: 'There are no rows. Give one JSON object on each line.' });
  }
  return { rows, problems };
}

function readLine(source: string): { fields: JsonObject } | ({ column: number } & Saying) {
  try {
    const value: JsonValue = JSON.parse(source);
    if (isJsonObject(value)) return { fields: value };
    const found = source.trim().startsWith('[') ? 'a list' : 'a single value';
    return {
      column: source.search(/\S/) + 1,
      code: 'line_not_object',
      message: `This line is ${found}, not an object. Write each case as {"name": "value", …} on a line of its own.`,
    };
  } catch (error) {
    const { position, reason } = jsonError(source, error);
    return {
      column: position + 1,
      code: 'line_not_json',
      values: { said: reason },
      message: `This line is not JSON: ${reason}. Write each case as one JSON object on one line.`,
    };
  }
}
