import type { Answer } from '../../../../server/http/contract/index.ts';
import { transcriptOf } from '../../components/turns.ts';

export type SetCase = Answer<'GET /api/projects/:project/sets/:set/cases'>['cases'][number];
export type Value = SetCase['expected'];

export const valueKinds = ['text', 'number', 'conversation', 'json', 'none'] as const;
/** A value while it is typed; `none` is for a case that expects nothing. */
export type ValueDraft = { kind: (typeof valueKinds)[number]; text: string };

export function draftOfValue(value: Value): ValueDraft {
  if (value === null) return { kind: 'none', text: '' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (transcriptOf(value) !== null) return { kind: 'conversation', text: JSON.stringify(value, null, 2) };
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
    case 'conversation':
    case 'json':
      try {
        return { value: JSON.parse(text) };
      } catch {
        // What is wrong with it is said beside the field.
        return { problem: 'json' };
      }
  }
}

/** The same value as another kind, as far as it can be: what is no conversation yet becomes its first turn. */
export function asKind({ kind, text }: ValueDraft, next: ValueDraft['kind']): ValueDraft {
  if (next !== 'conversation' || kind === next) return { kind: next, text };
  const read = readValue({ kind, text });
  const isOne = 'value' in read && transcriptOf(read.value) !== null;
  return { kind: next, text: isOne ? text : JSON.stringify([{ role: 'user', content: text }]) };
}

/** A value as one reads it in a line. */
export const shownValue = (value: Value): string => {
  if (typeof value === 'string') return value;
  const turns = transcriptOf(value);
  return turns?.map(({ role, content }) => `${role}: ${content}`).join(' · ') ?? JSON.stringify(value);
};
