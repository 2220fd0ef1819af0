import { type RawBuilder, sql } from 'kysely';
import { contains } from './contains.ts';

/**
 * Whether a row of `evalCase` has a text in its id or in any value of its variables, expected answer and tags, whatever its case. The names of
 * the variables and the notation of JSON are not searched: they are looked at only where the JSON as a text has it.
 */
export function caseContains(text: string): RawBuilder<boolean> {
  const written = JSON.stringify(text).slice(1, -1);
  const inValuesOf = (column: RawBuilder<unknown>) => sql<boolean>`(
    ${contains(column, written)} and exists (select 1 from json_tree(${column}) as part where ${contains(sql`part.atom`, text)})
  )`;
  return sql<boolean>`(
    ${contains(sql`evalCase.key`, text)} or ${inValuesOf(sql`evalCase.variables`)} or ${inValuesOf(sql`evalCase.expected`)} or ${inValuesOf(sql`evalCase.tags`)}
  )`;
}
