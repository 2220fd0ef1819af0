import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import type { FileProblem } from './file-problem.ts';
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
    problems.push({ line: 1, message: 'There are no rows. Give one JSON object on each line.' });
  }
  return { rows, problems };
}

function readLine(source: string): { fields: JsonObject } | { column: number; message: string } {
  try {
    const value: JsonValue = JSON.parse(source);
    if (isJsonObject(value)) return { fields: value };
    const found = source.trim().startsWith('[') ? 'a list' : 'a single value';
    return {
      column: source.search(/\S/) + 1,
      message: `This line is ${found}, not an object. Write each case as {"name": "value", …} on a line of its own.`,
    };
  } catch (error) {
    const reason = reasonOf(error);
    return {
      column: errorPosition(source, reason) + 1,
      message: `This line is not JSON: ${reason.replace(/(?: in JSON at position|, [".]).*$/s, '')}. Write each case as one JSON object on one line.`,
    };
  }
}

/** Where a text stops being JSON. V8 names the position of some errors only; for the others it is the longest beginning that could still go on. */
function errorPosition(source: string, reason: string): number {
  const named = namedPosition(reason, source.length);
  if (named !== null) return named;
  let [fits, breaks] = [0, source.length];
  while (breaks - fits > 1) {
    const middle = (fits + breaks) >> 1;
    if (couldGoOn(source.slice(0, middle))) fits = middle;
    else breaks = middle;
  }
  return breaks - 1;
}

function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    return namedPosition(reasonOf(error), beginning.length) === beginning.length;
  }
}

function namedPosition(reason: string, length: number): number | null {
  if (/end of JSON input/.test(reason)) return length;
  const position = /at position (\d+)/.exec(reason)?.[1];
  return position === undefined ? null : Number(position);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
