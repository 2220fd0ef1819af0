import path from 'node:path';
import { type CaseContent, contentKey } from '../domain/evaluation-set.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import { type FileProblem, fileError } from './file-problem.ts';
import type { Row } from './row.ts';
import { readRows } from './rows.ts';

/** Which fields of a file mean what. */
export type FieldMapping = {
  /** The one field that becomes a variable, under its own name; without it every field with no other use does. */
  input?: string;
  expected?: string;
};
export type ReadCases = {
  cases: CaseContent[];
  /** Rows that repeat an earlier one word for word. */
  repeated: number;
};

const expectedNames = ['expected', 'label', 'answer', 'ideal', 'output'];
const idNames = ['id', 'key'];
const variableNames = ['vars', 'variables'];
const longestKey = 200;
const longestTag = 60;

/** Reads the cases of a CSV or JSONL file: all of them, or none and `import_failed` with the bad rows. Throws `file_type_unknown` as well. */
export function readCases(fileName: string, text: string, mapping: FieldMapping = {}): ReadCases {
  const { rows, problems } = readRows(fileName, text);
  if (problems.length > 0) throw fileError('import_failed', fileName, problems);
  const read = casesFromRows(rows, mapping, path.basename(fileName));
  if (read.problems.length > 0) throw fileError('import_failed', fileName, read.problems);
  return { cases: read.cases, repeated: read.repeated };
}

/** Makes cases of rows. A row without an id gets one from its content, so that importing it again finds the same case. */
export function casesFromRows(
  rows: readonly Row[],
  mapping: FieldMapping,
  source: string,
): ReadCases & { problems: FileProblem[] } {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))];
  const roles = rolesOf(names, mapping);
  const problems = missingFields(rows, roles, mapping);
  if (problems.length > 0) return { cases: [], repeated: 0, problems };
  const seen = new Map<string, { line: number; content: string }>();
  const cases: CaseContent[] = [];
  let repeated = 0;
  for (const { line, fields } of rows) {
    const { key, named, variables, expected, tags, messages } = readRow(fields, roles);
    const content = canonicalJson({ variables, expected, tags });
    const earlier = seen.get(key);
    if (messages.length > 0) problems.push(...messages.map((message) => ({ line, message })));
    else if (earlier === undefined) {
      seen.set(key, { line, content });
      cases.push({ key, variables, expected, tags, source });
    } else if (earlier.content === content) repeated += 1;
    else problems.push({ line, message: clashMessage(key, named, earlier.line, line) });
  }
  return { cases, repeated, problems };
}

type Roles = {
  id: string | null;
  expected: string | null;
  tags: string | null;
  spread: readonly string[];
  input: string | null;
};

function rolesOf(names: readonly string[], mapping: FieldMapping): Roles {
  const free = names.filter((name) => name !== mapping.input && name !== mapping.expected);
  const find = (wanted: readonly string[]) =>
    wanted.map((name) => free.find((field) => field.toLowerCase() === name)).find((field) => field !== undefined) ??
    null;
  return {
    id: find(idNames),
    expected: mapping.expected ?? find(expectedNames),
    tags: find(['tags']),
    spread: free.filter((field) => variableNames.includes(field.toLowerCase())),
    input: mapping.input ?? null,
  };
}

function missingFields(rows: readonly Row[], roles: Roles, mapping: FieldMapping): FileProblem[] {
  const outer = new Set(rows.flatMap(({ fields }) => Object.keys(fields)));
  const inner = new Set(rows.flatMap(({ fields }) => nestedNames(fields, roles)));
  return [
    { name: mapping.input, there: outer.union(inner) },
    { name: mapping.expected, there: outer },
  ].flatMap(({ name, there }) => {
    if (name === undefined || there.has(name)) return [];
    const names = [...there].map((field) => `"${field}"`).join(', ');
    return [
      { line: rows[0]?.line ?? 1, message: `There is no field "${name}". Name one of those there are: ${names}.` },
    ];
  });
}

function nestedNames(fields: JsonObject, roles: Roles): string[] {
  return roles.spread.flatMap((name) => {
    const value = fields[name];
    return isJsonObject(value) ? Object.keys(value) : [];
  });
}

function readRow(fields: JsonObject, roles: Roles) {
  const messages: string[] = [];
  const entries = variableEntries(fields, roles);
  const twice = entries.find(([name], place) => entries.findIndex(([other]) => other === name) !== place);
  if (twice) messages.push(`"${twice[0]}" is given twice, on its own and within another field. Keep one.`);
  const variables: JsonObject = Object.fromEntries(entries);
  if (entries.length === 0) {
    messages.push(
      roles.input === null
        ? 'There is no field to fill the prompt with. Add one beside the expected answer.'
        : `The field "${roles.input}" is missing. Add it, or leave the row out.`,
    );
  }
  const expected = roles.expected === null ? null : (fields[roles.expected] ?? null);
  const tags = readTags(roles.tags === null ? null : (fields[roles.tags] ?? null), messages);
  const id = readId(roles.id === null ? null : (fields[roles.id] ?? null), messages);
  return {
    key: id ?? contentKey(variables),
    named: id !== null,
    variables,
    // An empty cell of a table expects nothing.
    expected: expected === '' ? null : expected,
    tags,
    messages,
  };
}

function variableEntries(fields: JsonObject, roles: Roles): [string, JsonValue][] {
  const used = [roles.id, roles.expected, roles.tags];
  return Object.entries(fields)
    .filter(([name]) => !used.includes(name))
    .flatMap(([name, value]): [string, JsonValue][] =>
      roles.spread.includes(name) && isJsonObject(value) ? Object.entries(value) : [[name, value]],
    )
    .filter(([name]) => roles.input === null || name === roles.input);
}

function readTags(value: JsonValue, messages: string[]): string[] {
  if (value === null) return [];
  const parts = typeof value === 'string' ? value.split(/[,，]/) : Array.isArray(value) ? value : [null];
  if (!parts.every((part) => typeof part === 'string')) {
    messages.push('The tags are not texts. Write them as "a, b" or as a list of texts.');
    return [];
  }
  const tags = [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
  const long = tags.find((tag) => tag.length > longestTag);
  if (long) messages.push(`The tag "${long.slice(0, 20)}…" is longer than ${longestTag} characters. Shorten it.`);
  return tags;
}

function readId(value: JsonValue, messages: string[]): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    messages.push('The id is neither a text nor a number. Write it as one of these, or leave it out.');
    return null;
  }
  const id = String(value).trim();
  if (id.length > longestKey) messages.push(`The id is longer than ${longestKey} characters. Shorten it.`);
  return id === '' ? null : id;
}

const clashMessage = (key: string, named: boolean, first: number, second: number): string =>
  named
    ? `The id "${key}" is on lines ${first} and ${second} with different content. Give each case an id of its own.`
    : `Lines ${first} and ${second} give the same input but expect something else. Keep one of them.`;
