import { caseText } from './evaluation-set.ts';
import type { CaseDraftId, DraftingId, EvalSetId, ProjectId } from './ids.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { nearDuplicateFinder } from './near-duplicates.ts';

/** A case as a model proposes it; it is in no set. */
export type DraftedCase = { variables: JsonObject; expected: JsonValue; tags: readonly string[] };

/** What a text is nearly the same as: a case of the set, an example of the scope, or another draft. */
export type Likeness = { kind: 'case' | 'example' | 'draft'; text: string };

export const draftStates = ['open', 'confirmed', 'dropped'] as const;
/** A draft is confirmed or dropped by a person, never by itself. */
export type CaseDraft = DraftedCase & {
  id: CaseDraftId;
  draftingId: DraftingId;
  like: Likeness | null;
  state: (typeof draftStates)[number];
  decidedBy: string | null;
  decidedAt: string | null;
};

/** Why a reply, or a case of one, was not taken. */
export type DraftProblem = { code: string; values: Record<string, string | number>; message: string };

export const draftingStatuses = ['running', 'completed', 'stopped', 'failed', 'interrupted'] as const;
export type DraftingStatus = (typeof draftingStatuses)[number];
/** One time that a model was asked for drafts. */
export type Drafting = {
  id: DraftingId;
  projectId: ProjectId;
  evalSetId: EvalSetId;
  model: string;
  /** The prompt that it was asked with, `case-drafts@1`. */
  prompt: string;
  wanted: number;
  status: DraftingStatus;
  problems: readonly DraftProblem[];
  inputTokens: number;
  outputTokens: number;
  /** Null where a call had no known price. */
  costUsd: number | null;
  author: string;
  createdAt: string;
  /** The process that began it; null where that was not kept yet. */
  owner: string | null;
};

type Shape = { fields: readonly string[]; labels: readonly string[] };

const LONGEST_TAG = 60;
const MOST_TAGS = 5;
const SHOWN = 120;

/** The cases that a reply holds, and why the others are none. A label is taken however it is written; nothing is guessed beyond that. */
export function readDrafts(
  reply: JsonValue,
  shape: Shape,
  most: number,
): { drafts: DraftedCase[]; problems: DraftProblem[] } {
  const given = isJsonObject(reply) && Array.isArray(reply.cases) ? reply.cases : null;
  if (given === null) return { drafts: [], problems: [unreadable(JSON.stringify(reply))] };
  const read = given.slice(0, most).map((item) => readDraft(item, shape));
  return {
    drafts: read.flatMap((one) => ('problem' in one ? [] : [one.draft])),
    problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  };
}

/** What a model said holds no cases at all. */
export function unreadable(output: string): DraftProblem {
  const reply = shortened(output);
  return {
    code: 'draft_reply_unreadable',
    values: { reply },
    message: `No cases can be read in the reply "${reply}".`,
  };
}

function readDraft(item: JsonValue, { fields, labels }: Shape): { draft: DraftedCase } | { problem: DraftProblem } {
  if (!isJsonObject(item) || !Array.isArray(item.fields)) return { problem: unreadable(JSON.stringify(item)) };
  const values = valuesIn(item.fields);
  const field = fields.find((name) => (values.get(name) ?? '') === '');
  if (field !== undefined) {
    const message = `A case was left out: it gives no "${field}".`;
    return { problem: { code: 'draft_field_missing', values: { field }, message } };
  }
  const expected = typeof item.expected === 'string' ? item.expected.trim() : '';
  if (expected === '') {
    const message = 'A case was left out: it says nothing of what is expected.';
    return { problem: { code: 'draft_expected_missing', values: {}, message } };
  }
  const known = labels.find((one) => one.toLowerCase() === expected.toLowerCase());
  if (labels.length > 0 && known === undefined) {
    const label = shortened(expected);
    const message = `A case was left out: it expects "${label}", which is none of the labels.`;
    return { problem: { code: 'draft_label_unknown', values: { label }, message } };
  }
  const variables = Object.fromEntries(fields.map((name) => [name, values.get(name) ?? '']));
  return { draft: { variables, expected: known ?? expected, tags: tagsOf(item.tags) } };
}

function valuesIn(fields: readonly JsonValue[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const field of fields) {
    if (isJsonObject(field) && typeof field.name === 'string' && typeof field.value === 'string')
      values.set(field.name.trim(), field.value.trim());
  }
  return values;
}

function tagsOf(given: JsonValue | undefined): string[] {
  const texts = Array.isArray(given) ? given.flatMap((tag) => (typeof tag === 'string' ? [tag.trim()] : [])) : [];
  return [...new Set(texts.filter((tag) => tag !== '' && tag.length <= LONGEST_TAG))].slice(0, MOST_TAGS);
}

const shortened = (text: string): string => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`);

/**
 * Finds for each text what it is nearly the same as: what is told to `compare`, else an earlier one of the texts. Few texts may be held against many,
 * a part at a time.
 */
export class LikenessSearch {
  readonly #texts: readonly string[];
  readonly #find: (text: string) => number | null;
  readonly #found: (Likeness | null)[];

  constructor(cases: readonly Pick<DraftedCase, 'variables'>[]) {
    this.#texts = cases.map(({ variables }) => caseText(variables));
    this.#find = nearDuplicateFinder(this.#texts);
    this.#found = this.#texts.map(() => null);
  }

  compare(kind: Likeness['kind'], texts: Iterable<string>): void {
    for (const text of texts) {
      const index = this.#find(text);
      if (index !== null) this.#found[index] ??= { kind, text: shortened(text) };
    }
  }

  get found(): readonly (Likeness | null)[] {
    return this.#found.map((likeness, index) => {
      const first = this.#find(this.#texts[index] ?? '');
      if (likeness !== null || first === null || first >= index) return likeness;
      return this.#found[first] ?? { kind: 'draft', text: shortened(this.#texts[first] ?? '') };
    });
  }
}
