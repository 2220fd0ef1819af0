import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a row of `evalCase` has a text in its id or in any value of its variables, expected answer and tags, whatever its case. The names of
 * the variables and the notation of JSON are not searched.
 */
export const caseContains = (text: string): RawBuilder<boolean> => sql<boolean>`(
  instr(lower(evalCase.key), lower(${text})) > 0 or exists (
    select 1 from json_tree(json_array(json(evalCase.variables), json(evalCase.expected), json(evalCase.tags))) as part
    where instr(lower(part.atom), lower(${text})) > 0
  )
)`;
