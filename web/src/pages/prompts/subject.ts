import type { Answer } from '../../../../server/http/contract/index.ts';

type Case = Answer<'GET /api/projects/:project/sets/:set/cases'>['cases'][number];
export type Variables = Case['variables'];

/** What a draft is looked at with: a labelled case, or values of one's own. */
export type Subject =
  | { kind: 'case'; key: string; variables: Variables; expected: Case['expected'] }
  | { kind: 'own'; values: Readonly<Record<string, string>> };

export const caseSubject = ({ key, variables, expected }: Pick<Case, 'key' | 'variables' | 'expected'>): Subject => ({
  kind: 'case',
  key,
  variables,
  expected,
});

/** The values that a template's variables are filled with; own ones that were not typed yet are empty. */
export const variablesOf = (subject: Subject, used: readonly string[]): Variables =>
  subject.kind === 'case'
    ? subject.variables
    : Object.fromEntries(used.map((name) => [name, ownValue(subject.values[name] ?? '')]));

/** A list or an object where the text is one, for templates that go through them; else the text. */
export function ownValue(text: string): Variables[string] {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    // A text may begin like JSON and be none.
    return text;
  }
}

/** A value as one reads it. */
export const shownValue = (value: Variables[string]): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
