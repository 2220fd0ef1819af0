import { draftOfValue, readValue, type SetCase, type ValueDraft } from './case-value.ts';
import type { CaseContent } from './set-changes.ts';

/** A variable while it is edited; `id` stays when its name changes, which only that of a new one does. */
export type VariableDraft = { id: number; name: string; value: ValueDraft; isNew: boolean };
export type CaseDraft = {
  key: string;
  variables: VariableDraft[];
  expected: ValueDraft;
  tags: string[];
  /** Empty where it belongs to no others. */
  group: string;
  /** Scorers of its own, one a line. */
  scorers: string;
  split: SetCase['split'] | null;
};
export type CaseProblem = 'noVariable' | 'noName' | 'sameName' | 'noExpected' | 'value';

export function draftOfCase(
  { variables, expected, tags, group, scorers = [] }: CaseContent,
  key: string | null,
  split: CaseDraft['split'],
): CaseDraft {
  return {
    key: key ?? '',
    variables: Object.entries(variables).map(([name, value], id) => ({
      id,
      name,
      value: variableDraft(value),
      isNew: false,
    })),
    expected: draftOfValue(expected),
    tags: [...tags],
    group: group ?? '',
    scorers: scorers.join('\n'),
    split,
  };
}

/** A variable that is null is JSON: only what is expected can be nothing. */
const variableDraft = (value: SetCase['expected']): ValueDraft =>
  value === null ? { kind: 'json', text: 'null' } : draftOfValue(value);

/** A case to be filled in, with the variables that the others have. */
export const newCase = (variables: readonly string[]): CaseDraft => ({
  key: '',
  variables: variables.map((name, id) => ({ id, name, value: { kind: 'text', text: '' }, isNew: false })),
  expected: { kind: 'text', text: '' },
  tags: [],
  group: '',
  scorers: '',
  split: null,
});

export function withVariable(draft: CaseDraft): CaseDraft {
  const id = 1 + Math.max(-1, ...draft.variables.map((variable) => variable.id));
  return {
    ...draft,
    variables: [...draft.variables, { id, name: '', value: { kind: 'text', text: '' }, isNew: true }],
  };
}

/** What a draft says, or what keeps it from saying it. */
export function contentOfDraft({
  variables,
  expected,
  tags,
  group,
  scorers,
}: CaseDraft): { content: CaseContent } | { problem: CaseProblem } {
  const names = variables.map(({ name }) => name.trim());
  if (names.length === 0) return { problem: 'noVariable' };
  if (names.includes('')) return { problem: 'noName' };
  if (new Set(names).size < names.length) return { problem: 'sameName' };
  const values = variables.map(({ value }) => readValue(value));
  const wanted = readValue(expected);
  if ('problem' in wanted) return { problem: 'value' };
  if (wanted.value === '') return { problem: 'noExpected' };
  const entries: [string, SetCase['expected']][] = [];
  for (const [index, read] of values.entries()) {
    if ('problem' in read) return { problem: 'value' };
    entries.push([names[index] ?? '', read.value]);
  }
  const content = { variables: Object.fromEntries(entries), expected: wanted.value, tags };
  return { content: { ...content, group: group.trim() === '' ? null : group.trim(), scorers: scorersIn(scorers) } };
}

/** The scorers of a text with one a line. */
export const scorersIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
