import { isJsonObject, type JsonValue } from '../domain/json.ts';
import type { FileProblem } from './file-problem.ts';
import { jsonError } from './json-error.ts';
import type { ReadRows, Row } from './row.ts';

const howTo = 'Write the cases as a list of objects: [{"name": "value", …}, …], or as {"cases": […]}.';
const noRows: FileProblem = { line: 1, code: 'no_rows', message: `There are no rows. ${howTo}` };

/** Reads a list of JSON objects, or an object whose `cases` is one. */
export function readJsonList(text: string): ReadRows {
  const content = text.replace(/^\uFEFF/, '');
  if (content.trim() === '') return { rows: [], problems: [noRows] };
  const places = placesIn(content);
  try {
    const parsed: JsonValue = JSON.parse(content);
    const list = isJsonObject(parsed) ? parsed.cases : parsed;
    if (!Array.isArray(list))
      return { rows: [], problems: [{ line: 1, column: 1, code: 'no_list', message: `This is no list. ${howTo}` }] };
    return rowsOf(list, content, isJsonObject(parsed) ? listIn(content) : content.indexOf('['));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { position, reason } = jsonError(content, error);
    const message = `This file is not JSON: ${reason}. ${howTo}`;
    const problem = { ...places(position), code: 'file_not_json', values: { said: reason }, message };
    return { rows: [], problems: [problem] };
  }
}

function rowsOf(list: readonly JsonValue[], content: string, start: number): ReadRows {
  const rows: Row[] = [];
  const problems: FileProblem[] = [];
  const places = placesIn(content);
  const starts = elementsOf(content, start);
  list.forEach((value, index) => {
    const place = places(starts[index] ?? start);
    if (isJsonObject(value)) rows.push({ line: place.line, fields: value });
    else {
      const message = `Element ${index + 1} of the list is not an object. ${howTo}`;
      problems.push({ ...place, code: 'element_not_object', values: { number: index + 1 }, message });
    }
  });
  if (list.length === 0) problems.push(noRows);
  return { rows, problems };
}

/** Finds lines and columns of places that are asked for in ascending order. */
function placesIn(content: string): (offset: number) => { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (
      let end = content.indexOf('\n', lineStart);
      end !== -1 && end < offset;
      end = content.indexOf('\n', lineStart)
    ) {
      line++;
      lineStart = end + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}

/** Where the value of `cases` begins in an object that is known to be JSON; as in `JSON.parse`, the last one counts. */
function listIn(content: string): number {
  let found = 0;
  walk(content, content.indexOf('{'), (at, depth) => {
    if (depth === 1 && content[at] === '[' && /"cases"\s*:\s*$/.test(content.slice(Math.max(0, at - 100), at)))
      found = at;
  });
  return found;
}

/** Where the elements begin of a list that is known to be JSON. */
function elementsOf(content: string, start: number): number[] {
  const starts: number[] = [];
  let isOpen = true;
  walk(content, start, (at, depth) => {
    const character = content[at];
    if (depth !== 1 || character === ']') return;
    if (character === ',') isOpen = true;
    else if (isOpen) {
      starts.push(at);
      isOpen = false;
    }
  });
  return starts;
}

const blank = /\s/;

/** Calls for each token's first character with the depth at which it stands, from an opening bracket to the one that closes it. */
function walk(content: string, start: number, visit: (at: number, depth: number) => void): void {
  let depth = 0;
  for (let at = start; at < content.length; at++) {
    const character = content[at] ?? '';
    if (blank.test(character)) continue;
    if (character === '}' || character === ']') depth--;
    if (depth > 0) visit(at, depth);
    if (character === '{' || character === '[') depth++;
    else if (character === '"') at = textEnd(content, at);
    if (depth === 0) return;
  }
}

/** The quote that closes the text that opens at a place. */
function textEnd(content: string, open: number): number {
  let at = open + 1;
  while (content[at] !== '"') at += content[at] === '\\' ? 2 : 1;
  return at;
}
