import { type CaseCheck, checkCases } from '../../domain/case-check.ts';
import { isJsonObject, type JsonValue } from '../../domain/json.ts';
import { casesFromRows } from '../../formats/cases-from-rows.ts';
import { type FieldMapping, type FieldRole, proposedRoles } from '../../formats/field-roles.ts';
import type { FileProblem } from '../../formats/file-problem.ts';
import { withInnerFields } from '../../formats/inner-fields.ts';
import type { Row } from '../../formats/row.ts';
import type { FileFormat, ReadFile } from '../../formats/rows.ts';
import { scorerProblems } from './scorer-problems.ts';

/** What a file would become, before anything is stored. Long lists are cut: the counts beside them are of all. */
export type ImportPreview = {
  format: FileFormat;
  encoding: ReadFile['encoding'];
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
  rows: number;
  cases: number;
  /** `isObject`: it has fields of its own, which can have roles. */
  fields: { name: string; role: FieldRole; samples: string[]; isObject: boolean }[];
  first: { line: number; values: string[] }[];
  labels: CaseCheck['labels'];
  labelCount: number;
  groups: number;
  repeated: { count: number; examples: { line: number; first: number }[] };
  conflicts: { count: number; examples: CaseCheck['conflicts'] };
  nearDuplicates: { groups: number; cases: number; mixed: number; examples: CaseCheck['nearDuplicates'] };
  problems: FileProblem[];
  problemCount: number;
};

const rowsShown = 20;
const labelsShown = 30;
const examplesShown = 10;
const membersShown = 4;
const samplesShown = 3;
const sampleLength = 120;
const cellLength = 300;

/** Looks at the rows of a file as cases. Without roles those that the names of its fields tell count. */
export async function previewImport(read: ReadFile, roles: FieldMapping['roles']): Promise<ImportPreview> {
  const { format, encoding, delimiter, sheet, sheets } = read;
  const chosen = roles ?? proposedRoles(read.rows);
  const rows = withInnerFields(read.rows, chosen);
  const names = shownNames(read.rows, rows, chosen);
  const { cases, repeated, conflicting, scorers, ...made } = casesFromRows(read.rows, { roles: chosen }, '');
  const wrong = [...read.problems, ...made.problems, ...(await scorerProblems(scorers))];
  const problems = wrong.sort((a, b) => a.line - b.line);
  const check = checkCases([...cases, ...conflicting]);
  return {
    format,
    encoding,
    delimiter,
    sheet,
    sheets,
    rows: rows.length,
    cases: cases.length,
    fields: names.map((name) => ({
      name,
      role: chosen[name] ?? 'variable',
      samples: samplesOf(rows, name),
      isObject: chosen[name] === 'fields' || rows.some(({ fields }) => isJsonObject(fields[name])),
    })),
    first: rows.slice(0, rowsShown).map(({ line, fields }) => ({
      line,
      values: names.map((name) => textOf(fields[name], cellLength)),
    })),
    labels: check.labels.slice(0, labelsShown),
    labelCount: check.labels.length,
    groups: new Set([...cases, ...conflicting].flatMap(({ content }) => content.group ?? [])).size,
    repeated: { count: repeated.length, examples: repeated.slice(0, examplesShown) },
    ...checked(check),
    problems: problems.slice(0, rowsShown),
    problemCount: problems.length,
  };
}

/** The fields in the order of the file; one that is opened stands before its own. */
function shownNames(rows: readonly Row[], opened: readonly Row[], roles: FieldMapping['roles'] = {}): string[] {
  const outer = new Set([
    ...rows.flatMap(({ fields }) => Object.keys(fields)),
    ...Object.keys(roles).filter((name) => roles[name] === 'fields'),
  ]);
  const inner = new Set(opened.flatMap(({ fields }) => Object.keys(fields)));
  const within = (name: string): string[] =>
    roles[name] !== 'fields'
      ? [name]
      : [name, ...[...outer.union(inner)].filter((other) => parentOf(other, roles) === name).flatMap(within)];
  return [...outer].filter((name) => parentOf(name, roles) === null).flatMap(within);
}

/** The opened field that a field stands in; the innermost. */
const parentOf = (name: string, roles: NonNullable<FieldMapping['roles']>): string | null =>
  Object.keys(roles)
    .filter((outer) => roles[outer] === 'fields' && name.startsWith(`${outer}.`))
    .reduce<string | null>((longest, outer) => (outer.length > (longest?.length ?? 0) ? outer : longest), null);

function checked({ conflicts, nearDuplicates }: CaseCheck): Pick<ImportPreview, 'conflicts' | 'nearDuplicates'> {
  const shorten = (text: string) => textOf(text, cellLength);
  return {
    conflicts: {
      count: conflicts.length,
      examples: conflicts.slice(0, examplesShown).map(({ text, answers }) => ({
        text: shorten(text),
        answers: answers
          .slice(0, membersShown)
          .map(({ label, lines }) => ({ label: shorten(label), lines: lines.slice(0, membersShown) })),
      })),
    },
    nearDuplicates: {
      groups: nearDuplicates.length,
      cases: nearDuplicates.reduce((sum, { lines }) => sum + lines.length, 0),
      mixed: nearDuplicates.filter(({ mixed }) => mixed).length,
      // Those whose labels differ are the ones to look at.
      examples: nearDuplicates
        .toSorted((a, b) => Number(b.mixed) - Number(a.mixed))
        .slice(0, examplesShown)
        .map(({ lines, texts, labels, mixed }) => ({
          lines: lines.slice(0, membersShown),
          texts: texts.slice(0, membersShown).map(shorten),
          labels: labels.slice(0, membersShown).map(shorten),
          mixed,
        })),
    },
  };
}

function samplesOf(rows: readonly Row[], name: string): string[] {
  const samples = new Set<string>();
  for (const { fields } of rows.slice(0, 200)) {
    const text = textOf(fields[name], sampleLength);
    if (text !== '') samples.add(text);
    if (samples.size === samplesShown) break;
  }
  return [...samples];
}

function textOf(value: JsonValue | undefined, longest: number): string {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
