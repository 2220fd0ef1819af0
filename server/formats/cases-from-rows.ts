import path from 'node:path';
import { labelConflicts, nearDuplicates } from '../domain/case-check.ts';
import { contentHash } from '../domain/content-hash.ts';
import { type CaseContent, type CaseList, contentKey } from '../domain/evaluation-set.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../domain/json.ts';
import { type FieldMapping, missingFields, type Roles, rolesOf, variableEntries } from './field-roles.ts';
import { type FileProblem, fileError, type Saying } from './file-problem.ts';
import { withInnerFields } from './inner-fields.ts';
import { type LocatedCase, PackedCases } from './packed-cases.ts';
import { readScorers } from './read-scorers.ts';
import { fieldNames, type Row } from './row.ts';
import { type ReadFile, type ReadingOptions, readFileRows, readRows } from './rows.ts';

export type ReadCases<Cases = CaseContent[]> = {
  cases: Cases;
  /** Rows that repeat an earlier one word for word. */
  repeated: number;
  /** Each scorer that cases have of their own, with the line of the first that has it. */
  scorers: ReadonlyMap<string, number>;
};
/** What the rows of a file are as cases, and what stands against importing them. */
export type RowsAsCases = {
  cases: PackedCases;
  /** Lines that repeat an earlier one word for word, with that one's. */
  repeated: { line: number; first: number }[];
  /** Cases without an id that give the same input as an earlier one and differ in answer, tags or group, with that one's line. */
  conflicting: (LocatedCase & { first: number })[];
  /** As in `ReadCases`. */
  scorers: Map<string, number>;
  problems: FileProblem[];
};

/** How a file is read, what its fields mean, and which of its cases are left out. */
export type CaseFileOptions = ReadingOptions & FieldMapping & { leaveOut?: LeftOut };
/** `conflicts`: every case whose input is there with another answer. `nearDuplicates`: all but the first of those that differ by little. */
export type LeftOut = { conflicts?: boolean; nearDuplicates?: boolean };

const longestKey = 200;
const longestTag = 60;
const longestGroup = 200;

/** Reads the cases of a text: all of them, or none and `import_failed` with the bad rows. Throws `file_type_unknown` as well. */
export function readCases(fileName: string, text: string, mapping: FieldMapping = {}): ReadCases {
  const reader = new CaseReader(mapping, path.basename(fileName));
  const { rows, problems } = readRows(fileName, text);
  reader.takeAll(rows);
  const { cases, ...others } = casesOrError(fileName, problems, reader.read, {});
  return { cases: [...cases], ...others };
}

/** Reads the cases of a file as it is on disk. Throws as `readCases` does, and `archive_too_large`, `sheet_missing`. */
export async function readCaseFile(
  fileName: string,
  bytes: Buffer,
  { leaveOut = {}, ...options }: CaseFileOptions = {},
): Promise<ReadCases<CaseList> & Pick<ReadFile, 'encoding'>> {
  const reader = new CaseReader(options, path.basename(fileName));
  const { rows, problems, encoding } = await readFileRows(fileName, bytes, options, (row) => reader.take(row));
  reader.takeAll(rows);
  return { ...casesOrError(fileName, problems, reader.read, leaveOut), encoding };
}

function casesOrError(
  fileName: string,
  problems: readonly FileProblem[],
  read: RowsAsCases,
  leaveOut: LeftOut,
): ReadCases<CaseList> {
  if (problems.length > 0) throw fileError('import_failed', fileName, problems);
  const conflicts = leaveOut.conflicts ? [] : read.conflicting.map(conflictProblem);
  const wrong = [...read.problems, ...conflicts];
  if (wrong.length > 0) throw fileError('import_failed', fileName, wrong);
  return { cases: without(read, leaveOut), repeated: read.repeated.length, scorers: read.scorers };
}

function without({ cases, conflicting }: RowsAsCases, leaveOut: LeftOut): CaseList {
  if (!leaveOut.conflicts && !leaveOut.nearDuplicates) {
    return { length: cases.length, [Symbol.iterator]: () => cases.contents() };
  }
  const all = [...cases, ...conflicting];
  const lines = new Set<number>();
  for (const { answers } of leaveOut.conflicts ? labelConflicts(all) : [])
    for (const answer of answers) for (const line of answer.lines) lines.add(line);
  for (const group of leaveOut.nearDuplicates ? nearDuplicates(all) : []) {
    const [, ...others] = group.lines.filter((line) => !lines.has(line));
    for (const line of others) lines.add(line);
  }
  return all.slice(0, cases.length).flatMap(({ line, content }) => (lines.has(line) ? [] : [content]));
}

const conflictProblem = ({ line, first }: { line: number; first: number }): FileProblem => ({
  line,
  code: 'rows_conflict',
  values: { first, line },
  message: `Lines ${first} and ${line} give the same input with another answer, other tags or another group. Keep one of them.`,
});

/** Makes cases of rows. */
export function casesFromRows(rows: readonly Row[], mapping: FieldMapping, source: string): RowsAsCases {
  const reader = new CaseReader(mapping, source);
  reader.takeAll(rows);
  return reader.read;
}

/** Makes cases of rows as they come. A row without an id gets one from its content, so that importing it again finds the same case. */
class CaseReader {
  readonly read: RowsAsCases;
  readonly #mapping: FieldMapping;
  readonly #source: string;
  readonly #seen = new Map<string, number>();
  #roles: Roles | null = null;
  #isRefused = false;

  constructor(mapping: FieldMapping, source: string) {
    this.#mapping = mapping;
    this.#source = source;
    this.read = { cases: new PackedCases(source), repeated: [], conflicting: [], scorers: new Map(), problems: [] };
  }

  /** Takes rows of a format in which each may have fields of its own. */
  takeAll(given: readonly Row[]): void {
    if (given.length === 0) return;
    const rows = withInnerFields(given, this.#mapping.roles ?? {});
    this.#begin(rows);
    for (const row of rows) this.take(row);
  }

  /** Takes a row of a table: the first one has the fields of all. */
  take(row: Row): void {
    const roles = this.#roles ?? this.#begin([row]);
    if (!this.#isRefused) this.#add(row, roles);
  }

  #begin(rows: readonly Row[]): Roles {
    const roles = rolesOf(fieldNames(rows), this.#mapping);
    this.read.problems.push(...missingFields(rows, roles, this.#mapping));
    this.#isRefused = this.read.problems.length > 0;
    this.#roles = roles;
    return roles;
  }

  #add({ line, fields }: Row, roles: Roles): void {
    const { cases, repeated, conflicting, scorers, problems } = this.read;
    const { named, content, wrong } = readRow(fields, roles, this.#source);
    const { key } = content;
    for (const scorer of content.scorers ?? []) if (!scorers.has(scorer)) scorers.set(scorer, line);
    const earlier = this.#seen.get(key);
    if (wrong.length > 0) problems.push(...wrong.map((saying) => ({ line, ...saying })));
    else if (earlier === undefined) {
      this.#seen.set(key, cases.length);
      cases.push(content, line);
    } else {
      const first = cases.line(earlier);
      if (meaning(cases.content(earlier)) === meaning(content)) repeated.push({ line, first });
      else if (named) problems.push({ line, ...clash(key, first, line) });
      else conflicting.push({ line, content, first });
    }
  }
}

const meaning = ({ variables, expected, tags, group, scorers }: CaseContent): string =>
  canonicalJson([variables, expected, tags, group ?? null, scorers ?? []]);

function readRow(fields: JsonObject, roles: Roles, source: string) {
  const wrong: Saying[] = [];
  const valueIn = (field: string | null) => (field === null ? null : (fields[field] ?? null));
  const entries = variableEntries(fields, roles);
  const twice = entries.find(([name], place) => entries.findIndex(([other]) => other === name) !== place);
  if (twice) {
    const [field] = twice;
    const message = `"${field}" is given twice, on its own and within another field. Keep one.`;
    wrong.push({ code: 'field_twice', values: { field }, message });
  }
  const variables: JsonObject = Object.fromEntries(entries);
  if (entries.length === 0) {
    wrong.push(
      roles.input === null
        ? {
            code: 'no_input_field',
            message: 'There is no field to fill the prompt with. Add one beside the expected answer.',
          }
        : {
            code: 'row_without_input',
            values: { field: roles.input },
            message: `The field "${roles.input}" is missing. Add it, or leave the row out.`,
          },
    );
  }
  const expected = valueIn(roles.expected);
  const tags = readTags(valueIn(roles.tags), wrong);
  const scorers = readScorers(valueIn(roles.scorers), wrong);
  const id = readName('id', valueIn(roles.id), longestKey, wrong);
  const group = readName('group', groupValue(valueIn(roles.group), roles), longestGroup, wrong);
  const content: CaseContent = {
    key: id ?? contentKey(variables),
    variables,
    // An empty cell of a table expects nothing.
    expected: expected === '' ? null : expected,
    tags,
    source,
    ...(group !== null && { group }),
    ...(scorers.length > 0 && { scorers }),
  };
  return { named: id !== null, content, wrong };
}

function readTags(value: JsonValue, wrong: Saying[]): string[] {
  if (value === null) return [];
  const parts = typeof value === 'string' ? value.split(/[,，]/) : Array.isArray(value) ? value : [null];
  if (!parts.every((part) => typeof part === 'string')) {
    const message = 'The tags are not texts. Write them as "a, b" or as a list of texts.';
    wrong.push({ code: 'tags_not_texts', message });
    return [];
  }
  const tags = [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
  const long = tags.find((tag) => tag.length > longestTag);
  if (long) {
    const tag = `${long.slice(0, 20)}…`;
    const message = `The tag "${tag}" is longer than ${longestTag} characters. Shorten it.`;
    wrong.push({ code: 'tag_too_long', values: { tag, most: longestTag }, message });
  }
  return tags;
}

/** What is a variable as well may be long, or no text: then its hash stands for it. */
function groupValue(value: JsonValue, { groupIsVariable }: Roles): JsonValue {
  if (!groupIsVariable || value === null || (typeof value === 'string' && value.length <= longestGroup)) return value;
  return contentHash(value).slice(0, 12);
}

function readName(what: 'id' | 'group', value: JsonValue, longest: number, wrong: Saying[]): string | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') {
    const message = `The ${what} is neither a text nor a number. Write it as one of these, or leave it out.`;
    wrong.push(what === 'id' ? { code: 'id_no_text', message } : { code: 'group_no_text', message });
    return null;
  }
  const name = String(value).trim();
  if (name.length > longest) {
    const values = { most: longest };
    const message = `The ${what} is longer than ${longest} characters. Shorten it.`;
    wrong.push(what === 'id' ? { code: 'id_too_long', values, message } : { code: 'group_too_long', values, message });
  }
  return name === '' ? null : name;
}

const clash = (key: string, first: number, second: number): Saying => ({
  code: 'id_twice',
  values: { key, first, second },
  message: `The id "${key}" is on lines ${first} and ${second} with different content. Give each case an id of its own.`,
});
