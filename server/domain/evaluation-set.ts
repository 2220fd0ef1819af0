import { contentHash } from './content-hash.ts';
import type { CaseId, EvalSetId, EvalSetVersionId, ProjectId } from './ids.ts';
import { canonicalJson, type JsonObject, type JsonValue } from './json.ts';
import type { Split } from './split.ts';

export type EvalSet = {
  id: EvalSetId;
  projectId: ProjectId;
  slug: string;
  name: string;
  notes: string;
  /** Share of the cases, 0..1, that are put aside as holdout when they are added. */
  holdoutShare: number;
  createdAt: string;
};

/** An immutable snapshot of a set. */
export type EvalSetVersion = {
  id: EvalSetVersionId;
  evalSetId: EvalSetId;
  number: number;
  note: string;
  author: string;
  caseCount: number;
  createdAt: string;
};

/** The part of a case that a person gives. */
export type CaseContent = {
  /** Stable across versions of the set. */
  key: string;
  variables: JsonObject;
  /** A label, a text, a number or a JSON value; null where nothing is expected. */
  expected: JsonValue;
  tags: readonly string[];
  /** Where it came from: `import`, `edit`, `observation` or a file's name. */
  source: string;
  /** Cases of one conversation, document or customer share it: they stand on one side of the set. */
  group?: string | null;
  /** Scorers as they are typed, with which it is judged in place of the run's or beside them; see `scorersOfCase`. */
  scorers?: readonly string[];
};

/** Cases that are gone through one by one, and need not all be held at once. */
export type CaseList<Item = CaseContent> = Iterable<Item> & { readonly length: number };

export type EvalCase = CaseContent & { id: CaseId; split: Split };

/** The label by which a case is stratified and filtered: its expected value where that is short and on one line. */
export function caseLabel(expected: JsonValue): string | null {
  if (typeof expected === 'number' || typeof expected === 'boolean') return String(expected);
  if (typeof expected !== 'string' || expected.length > 60 || expected.includes('\n')) return null;
  return expected;
}

/** The id of a case that was given none: the same variables have the same. */
export const contentKey = (variables: JsonObject): string => contentHash(variables).slice(0, 12);

/** Whether two cases give and expect the same under the same tags, in the same group and judged by the same. */
export const sameContent = (a: CaseContent, b: CaseContent): boolean => meaningOf(a) === meaningOf(b);

const meaningOf = ({ variables, expected, tags, group = null, scorers = [] }: CaseContent): string =>
  canonicalJson([variables, expected, tags, group, scorers]);

/** The text of a case, for search and for finding near-duplicates. */
export function caseText(variables: JsonObject): string {
  return Object.values(variables)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join('\n');
}
