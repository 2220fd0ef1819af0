import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { caseLabel, type EvalSetVersion } from '../domain/evaluation-set.ts';
import type { CaseId } from '../domain/ids.ts';
import type { JsonValue } from '../domain/json.ts';
import type { Database } from './database.ts';
import { addVersion, type ChangeNote, newestCount } from './eval-set-change.ts';
import { toJson } from './json-column.ts';
import type { Tables } from './schema.ts';

/** What is done to many cases alike. */
export type BulkEdit =
  | { type: 'add_tag' | 'remove_tag'; tag: string }
  | { type: 'relabel'; expected: JsonValue }
  | { type: 'remove' };

/**
 * Makes the next version of a set within a transaction by statements on all cases at once: a hundred thousand need not be read. `ids` are the cases; those
 * that already are as they would become stay. Null where that are all of them.
 */
export async function applyBulkEdit(
  transaction: Database,
  { evalSetId, number: base }: EvalSetVersion,
  ids: SelectQueryBuilder<Tables, 'evalCase', { id: CaseId }>,
  edit: BulkEdit,
  about: ChangeNote,
): Promise<{ version: Selectable<Tables['evalSetVersion']>; changed: number } | null> {
  const before = await newestCount(transaction, evalSetId, base);
  const number = base + 1;
  const { numUpdatedRows } = await transaction
    .updateTable('evalCase')
    .set({ removedIn: number })
    .where('evalSetId', '=', evalSetId)
    .where('removedIn', 'is', null)
    .where('id', 'in', ids)
    .where(isChangedBy(edit))
    .executeTakeFirst();
  const changed = Number(numUpdatedRows);
  if (changed === 0) return null;
  if (edit.type !== 'remove') {
    const { expected, label, tags } = columnsAfter(edit);
    await sql`
      insert into evalCase (evalSetId, key, variables, expected, label, tags, source, groupName, scorers, language, split, position, addedIn)
      select evalSetId, key, variables, ${expected}, ${label}, ${tags}, source, groupName, scorers, language, split, position, ${number}
      from evalCase where evalSetId = ${evalSetId} and removedIn = ${number}`.execute(transaction);
  }
  const caseCount = before - (edit.type === 'remove' ? changed : 0);
  return { version: await addVersion(transaction, { evalSetId, number, caseCount, ...about }), changed };
}

const hasTag = (tag: string) => sql<boolean>`exists (select 1 from json_each(tags) where json_each.value = ${tag})`;

function isChangedBy(edit: BulkEdit): RawBuilder<boolean> {
  if (edit.type === 'remove') return sql<boolean>`true`;
  if (edit.type === 'relabel') return sql<boolean>`expected != ${toJson(edit.expected)}`;
  return edit.type === 'add_tag' ? sql<boolean>`not ${hasTag(edit.tag)}` : hasTag(edit.tag);
}

function columnsAfter(edit: Exclude<BulkEdit, { type: 'remove' }>) {
  const same = { expected: sql`expected`, label: sql`label`, tags: sql`tags` };
  if (edit.type === 'relabel') {
    return { ...same, expected: sql`${toJson(edit.expected)}`, label: sql`${caseLabel(edit.expected)}` };
  }
  if (edit.type === 'add_tag') return { ...same, tags: sql`json_insert(tags, '$[#]', ${edit.tag})` };
  return { ...same, tags: sql`(select json_group_array(value) from json_each(tags) where value != ${edit.tag})` };
}
