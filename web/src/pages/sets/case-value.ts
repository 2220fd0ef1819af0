import type { Answer } from '../../../../server/http/contract/index.ts';

export type SetCase = Answer<'GET /api/projects/:project/sets/:set/cases'>['cases'][number];
export type Value = SetCase['expected'];

export const valueKinds = ['text', 'number', 'json', 'none'] as const;
/** A value while it is typed; `none` is for a case that expects nothing. */
export type ValueDraft = { kind: (typeof valueKinds)[number]; text: string };

export function draftOfValue(value: Value): ValueDraft {
  if (value === null) return { kind: 'none', text: '' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  return { kind: 'json', text: JSON.stringify(value, null, 2) };
}

/** The value that is meant, or which kind it fails to be. */
export function readValue({ kind, text }: ValueDraft): { value: Value } | { problem: 'number' | 'json' } {
  switch (kind) {
    case 'none':
      return { value: null };
    case 'text':
      return { value: text };
    case 'number': {
      const number = Number(text);
      return text.trim() === '' || !Number.isFinite(number) ? { problem: 'number' } : { value: number };
    }
    case 'json':
      try {
        return { value: JSON.parse(text) };
      } catch {
        // What is wrong with it is said beside the field.
        return { problem: 'json' };
      }
  }
}

/** A value as one reads it in a line. */
export const shownValue = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));
