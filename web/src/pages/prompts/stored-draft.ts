import { isRecord } from '../../components/error-text.ts';
import { keepValue, readKept } from '../../components/kept-value.ts';
import type { Draft } from './draft.ts';

/** A draft as this browser keeps it. */
export type StoredDraft = {
  /** The version it began with; null for the first one. */
  base: number | null;
  /** The newest version when it began, 0 for none: a newer one was saved meanwhile. */
  newest: number;
  draft: Draft;
  note: string;
  /** When it was last changed. */
  at: string;
};

type Place = { project: string; prompt: string };

const prefixOf = ({ project, prompt }: Place) => `whetstone.draft/${project}/${prompt}/`;
const keyOf = (place: Place, base: number | null) => `${prefixOf(place)}${base ?? 'first'}`;

/** The draft that began with a version, if this browser has one. */
export const readDraft = (place: Place, base: number | null): StoredDraft | null => read(keyOf(place, base));

/** All drafts of a prompt, the one changed last first. */
export function draftsOf(place: Place): StoredDraft[] {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefixOf(place)));
  return keys.flatMap((key) => read(key) ?? []).toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Keeps a draft; false where the browser has no room for it or may keep nothing. */
export const keepDraft = (place: Place, draft: StoredDraft): boolean => keepValue(keyOf(place, draft.base), draft);

export const dropDraft = (place: Place, base: number | null): void => localStorage.removeItem(keyOf(place, base));

const read = (key: string): StoredDraft | null => readKept(key, isStoredDraft);

/** Whether it is what this version of the program writes. */
function isStoredDraft(value: unknown): value is StoredDraft {
  if (!isRecord(value) || !isRecord(value.draft)) return false;
  const { messages, parameters, format } = value.draft;
  return (
    (value.base === null || typeof value.base === 'number') &&
    typeof value.newest === 'number' &&
    typeof value.note === 'string' &&
    typeof value.at === 'string' &&
    Array.isArray(messages) &&
    messages.every((message) => isRecord(message) && typeof message.content === 'string') &&
    isRecord(parameters) &&
    isRecord(format) &&
    Array.isArray(format.labels) &&
    typeof format.schema === 'string'
  );
}
