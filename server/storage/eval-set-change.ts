import type { Selectable } from 'kysely';
import { conflict, invalid } from '../domain/errors.ts';
import { type CaseContent, caseLabel, caseText } from '../domain/evaluation-set.ts';
import type { EvalSetId } from '../domain/ids.ts';
import { inputLanguage } from '../domain/input-language.ts';
import type { Split } from '../domain/split.ts';
import type { Database } from './database.ts';
import { toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewCase = CaseContent & { split: Split };
/** What makes the next version of a set out of its newest. `replaced` cases keep their key and place. */
export type SetChange = { added: readonly NewCase[]; replaced: readonly NewCase[]; removed: readonly string[] };
export type ChangeNote = { note: string; author: string };

/** So few that their statement is short enough to be kept: those of 500 rows, compiled anew each time, held 100 MB by the end of 100,000. */
const rowsPerInsert = 50;

/** Makes the next version of a set within a transaction: cases that stay are not copied, those that leave are marked. */
export async function applyChange(
  transaction: Database,
  set: EvalSetId,
  base: number,
  change: SetChange,
  about: ChangeNote,
): Promise<Selectable<Tables['evalSetVersion']>> {
  const before = await newestCount(transaction, set, base);
  const number = base + 1;
  const replacedKeys = change.replaced.map((item) => item.key);
  const positions = await removeCases(transaction, set, number, [...change.removed, ...replacedKeys]);
  const last = await transaction
    .selectFrom('evalCase')
    .select((select) => select.fn.max('position').as('position'))
    .where('evalSetId', '=', set)
    .executeTakeFirst();
  const end = last?.position ?? 0;
  const { length: replaced } = change.replaced;
  const row = (item: NewCase, index: number) =>
    caseRow(set, number, item, index < replaced ? (positions.get(item.key) ?? 0) : end + index + 1 - replaced);
  await insertCases(transaction, [...change.replaced, ...change.added], row);
  const caseCount = before + change.added.length - change.removed.length;
  return addVersion(transaction, { evalSetId: set, number, caseCount, ...about });
}

/** How many cases the newest version has. Throws `set_changed_meanwhile` where that is not `base`. */
export async function newestCount(transaction: Database, set: EvalSetId, base: number): Promise<number> {
  const newest = await transaction
    .selectFrom('evalSetVersion')
    .select(['number', 'caseCount'])
    .where('evalSetId', '=', set)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if ((newest?.number ?? 0) !== base) {
    throw conflict('set_changed_meanwhile', 'Someone saved this set meanwhile. Reload it and make your change again.');
  }
  return newest?.caseCount ?? 0;
}

export async function addVersion(
  transaction: Database,
  version: ChangeNote & { evalSetId: EvalSetId; number: number; caseCount: number },
): Promise<Selectable<Tables['evalSetVersion']>> {
  return transaction
    .insertInto('evalSetVersion')
    .values({ ...version, createdAt: now() })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function removeCases(transaction: Database, set: EvalSetId, number: number, keys: readonly string[]) {
  const positions = new Map<string, number>();
  for (const key of keys) {
    const row = await transaction
      .updateTable('evalCase')
      .set({ removedIn: number })
      .where('evalSetId', '=', set)
      .where('key', '=', key)
      .where('removedIn', 'is', null)
      .returning('position')
      .executeTakeFirst();
    if (row === undefined) throw invalid('case_missing', `This set has no case "${key}".`, { details: { key } });
    positions.set(key, row.position);
  }
  return positions;
}

/** Rows are made as they are inserted: all at once they would take as much memory as the cases. */
async function insertCases(
  transaction: Database,
  cases: readonly NewCase[],
  rowOf: (item: NewCase, index: number) => ReturnType<typeof caseRow>,
): Promise<void> {
  for (let start = 0; start < cases.length; start += rowsPerInsert) {
    const chunk = cases.slice(start, start + rowsPerInsert).map((item, at) => rowOf(item, start + at));
    try {
      await transaction.insertInto('evalCase').values(chunk).execute();
    } catch (cause) {
      if (cause instanceof Error && cause.message.includes('UNIQUE')) {
        throw conflict(
          'case_exists',
          'A case with one of these ids is in the set already. Ids must be unique within a set.',
          { cause },
        );
      }
      throw cause;
    }
  }
}

const caseRow = (set: EvalSetId, addedIn: number, item: NewCase, position: number) => ({
  evalSetId: set,
  key: item.key,
  variables: toJson(item.variables),
  expected: toJson(item.expected),
  label: caseLabel(item.expected),
  tags: toJson(item.tags),
  source: item.source,
  groupName: item.group ?? null,
  language: inputLanguage(caseText(item.variables)),
  split: item.split,
  position,
  addedIn,
});
