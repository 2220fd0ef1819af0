import { isRecord } from '../../components/error-text.ts';
import { keepValue, readKept } from '../../components/kept-value.ts';
import { type Base, emptyScope, type ScopeDraft, scopeFieldNames } from './scope-draft.ts';

/** A draft as this browser keeps it: with the version that it was written from, and when it was last changed. */
export type KeptDraft = { base: Base; draft: ScopeDraft; at: string };

const keyOf = (project: string) => `whetstone.scope/${project}`;

export const readScopeDraft = (project: string): KeptDraft | null => readKept(keyOf(project), isKeptDraft);

/** False where the browser has no room for it or may keep nothing. */
export const keepScopeDraft = (project: string, draft: KeptDraft): boolean => keepValue(keyOf(project), draft);

export const dropScopeDraft = (project: string): void => localStorage.removeItem(keyOf(project));

/** Whether it is what this version of the program writes. */
const isKeptDraft = (value: unknown): value is KeptDraft =>
  isRecord(value) &&
  isRecord(value.base) &&
  typeof value.base.number === 'number' &&
  hasFields(value.base.scope) &&
  hasFields(value.draft) &&
  typeof value.at === 'string';

/** Each field has the type that an empty scope has, or is a number that an empty one lacks; rows have what rows have. */
const hasFields = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) &&
  scopeFieldNames.every((field) => {
    const given = value[field];
    if (field === 'examples') return isRows(given, ({ input, output }) => isText(input) && isText(output));
    if (field === 'minimumsByTag') return isRows(given, ({ tag, passRate }) => isText(tag) && isNumberOrNone(passRate));
    return emptyScope[field] === null ? isNumberOrNone(given) : typeof given === typeof emptyScope[field];
  });
const isRows = (value: unknown, isRow: (row: Record<string, unknown>) => boolean) =>
  Array.isArray(value) && value.every((row) => isRecord(row) && isRow(row));
const isText = (value: unknown) => typeof value === 'string';
const isNumberOrNone = (value: unknown) => value === null || typeof value === 'number';
