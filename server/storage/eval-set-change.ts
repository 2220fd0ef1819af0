import { CompiledQuery, type Selectable } from 'kysely';
import { conflict, invalid } from '../domain/errors.ts';
import { type CaseContent, type CaseList, caseLabel, caseText } from '../domain/evaluation-set.ts';
import type { EvalSetId } from '../domain/ids.ts';
import { inputLanguage } from '../domain/input-language.ts';
import type { Split } from '../domain/split.ts';
import type { Database } from './database.ts';
import { toJson } from './json-column.ts';
import { now } from './now.ts';
import type { Tables } from './schema.ts';

export type NewCase = CaseContent & { split: Split };
/** What makes the next version of a set out of its newest. `replaced` cases keep their key and place. */
export type SetChange = { added: CaseList<NewCase>; replaced: readonly NewCase[]; removed: readonly string[] };
export type ChangeNote = { note: string; author: string };

/** So few that their statement is short enough to be kept: those of 500 rows, compiled anew each time, held 100 MB by the end of 100,000. */
const rowsPerInsert = 20;

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
  await insertCases(transaction, change.replaced, (item) => caseRow(set, number, item, positions.get(item.key) ?? 0));
  const end = (last?.position ?? 0) + 1;
  await insertCases(transaction, change.added, (item, index) => caseRow(set, number, item, end + index));
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

type CaseRow = ReturnType<typeof caseRow>;

/** Rows are made as they are inserted: all at once they would take as much memory as the cases. */
async function insertCases(
  transaction: Database,
  cases: Iterable<NewCase>,
  rowOf: (item: NewCase, index: number) => CaseRow,
): Promise<void> {
  const statements = new Map<number, string>();
  let rows: CaseRow[] = [];
  let index = 0;
  for (const item of cases) {
    rows.push(rowOf(item, index++));
    if (rows.length < rowsPerInsert) continue;
    await insertRows(transaction, rows, statements);
    rows = [];
  }
  if (rows.length > 0) await insertRows(transaction, rows, statements);
}

/** Kysely makes the statement for so many rows once: it takes longer than SQLite does to insert them. */
async function insertRows(transaction: Database, rows: CaseRow[], statements: Map<number, string>): Promise<void> {
  const statement = statements.get(rows.length) ?? transaction.insertInto('evalCase').values(rows).compile().sql;
  statements.set(rows.length, statement);
  try {
    await transaction.executeQuery(CompiledQuery.raw(statement, rows.flatMap(Object.values)));
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

const caseRow = (set: EvalSetId, addedIn: number, item: NewCase, position: number) => ({
  evalSetId: set,
  key: item.key,
  variables: toJson(item.variables),
  expected: toJson(item.expected),
  label: caseLabel(item.expected),
  tags: toJson(item.tags),
  source: item.source,
  groupName: item.group ?? null,
  scorers: item.scorers === undefined || item.scorers.length === 0 ? null : toJson(item.scorers),
  language: inputLanguage(caseText(item.variables)),
  split: item.split,
  position,
  addedIn,
});
