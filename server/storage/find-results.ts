import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ResultId, RunId } from '../domain/ids.ts';
import type { InputLanguage } from '../domain/input-language.ts';
import type { Outcome } from '../domain/scorer.ts';
import type { Split } from '../domain/split.ts';
import { caseContains } from './case-search.ts';
import { contains } from './contains.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';

/** Which results: all that is given must hold. */
export type ResultCriteria = {
  outcome?: Outcome | 'error' | 'not_passed';
  split?: Split;
  /** In the case, the output or the error. */
  search?: string;
  /** Failure category of the newest review; empty for what has none. */
  category?: string;
  tag?: string;
  /** Expected label. */
  label?: string;
  /** Answer that the first scorer read. */
  answer?: string;
  errorCode?: string;
  /** What the input is written in. */
  language?: InputLanguage;
  /** Of cases whose repeats neither all passed nor all failed. */
  flaky?: boolean;
};
export type ResultSearch = ResultCriteria & {
  /** The last result seen, in the order of the list. */
  after?: ResultId;
  limit: number;
};

/** `error`: there is no usable reply. `unjudged`: there is one, and a scorer could not judge it, which counts as an error as well. */
export type Kind = Outcome | 'error' | 'unjudged';
/** The order of the list. */
const kinds: readonly Kind[] = ['failed', 'no_answer', 'error', 'unjudged', 'passed'];
/** Results looked at in one statement: others get their turn in between, however large the run is. */
const SLICE = 5_000;

/**
 * Ids of the results of a run that match: failures first, then what has no answer, errors and what passed, each in the order they were stored. Reads no
 * more of a run than it takes to fill the page.
 */
export async function findResults(database: Database, run: RunId, search: ResultSearch): Promise<ResultId[]> {
  const scoring = await scoringOf(database, run);
  const start = search.after === undefined ? null : await kindOf(database, scoring, search.after);
  const found: ResultId[] = [];
  for (const kind of kindsOf(search)) {
    if (start !== null && kinds.indexOf(kind) < kinds.indexOf(start)) continue;
    const source = sourceOf(kind, { run, scoring, search });
    let after: number = kind === start ? (search.after ?? 0) : 0;
    while (found.length < search.limit) {
      const end = await lastOfSlice(database, source, after);
      const { rows } = await sql<{ id: ResultId }>`
        select ${source.id} as id from ${source.from} ${source.joined}
        where ${source.rows} and ${source.id} > ${after} ${end === null ? sql`` : sql`and ${source.id} <= ${end}`} and ${source.matching}
        order by ${source.id} limit ${search.limit - found.length}`.execute(database);
      found.push(...rows.map(({ id }) => id));
      if (end === null) break;
      after = end;
      await nextTurn();
    }
  }
  return found;
}

/** Kinds of results that can match at all. */
export function kindsOf({ outcome, answer, errorCode }: ResultCriteria): Kind[] {
  return kinds.filter((kind) => {
    const isError = kind === 'error' || kind === 'unjudged';
    if (answer !== undefined && (isError || kind === 'no_answer')) return false;
    if (errorCode !== undefined && !isError) return false;
    if (outcome === undefined || outcome === kind || (outcome === 'error' && isError)) return true;
    return outcome === 'not_passed' ? kind !== 'passed' : outcome === 'failed' && kind === 'no_answer';
  });
}

export async function scoringOf(database: Database, run: RunId): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`select ${countedScoring(run)} as id`.execute(database);
  return rows[0]?.id ?? 0;
}

export async function kindOf(database: Database, scoring: number, id: ResultId): Promise<Kind> {
  const row = await database
    .selectFrom('judgement')
    .select('outcome')
    .where(sql<SqlBool>`scoringId = ${scoring}`)
    .where('resultId', '=', id)
    .executeTakeFirst();
  if (row?.outcome === 'error') return 'unjudged';
  return kinds.find((kind) => kind === row?.outcome) ?? 'error';
}

export type Source = {
  from: RawBuilder<unknown>;
  /** Further tables that the conditions need. */
  joined: RawBuilder<unknown>;
  id: RawBuilder<unknown>;
  /** What an index alone answers. */
  rows: RawBuilder<unknown>;
  matching: RawBuilder<unknown>;
};

/** A cross join keeps the order of the tables: the index of `rows` is walked, in the order of the list. */
export function sourceOf(
  kind: Kind,
  { run, scoring, search }: { run: RunId; scoring: number; search: ResultCriteria },
): Source {
  const conditions = conditionsOf(search, kind);
  if (search.flaky === true) conditions.push({ needs: 'result', holds: isFlaky(run, scoring) });
  const ofCase = conditions.some(({ needs }) => needs === 'case')
    ? sql`cross join evalCase on evalCase.id = result.caseId`
    : sql``;
  const all = conditions.map(({ holds }) => holds);
  if (kind === 'error') {
    return {
      from: sql`result`,
      joined: ofCase,
      id: sql`result.id`,
      rows: sql`result.runId = ${run} and result.last = 1 and result.errorCode is not null`,
      matching: both([sql`true`, ...all]),
    };
  }
  const { answer } = search;
  return {
    from: sql`judgement`,
    joined: sql`cross join result on result.id = judgement.resultId ${ofCase}`,
    id: sql`judgement.resultId`,
    rows: sql`judgement.scoringId = ${scoring} and judgement.outcome = ${kind === 'unjudged' ? 'error' : kind} ${answer === undefined ? sql`` : sql`and judgement.answer = ${answer}`}`,
    matching: both([sql`result.last = 1`, ...all]),
  };
}

const both = (conditions: readonly RawBuilder<unknown>[]) => sql.join([...conditions], sql` and `);

function conditionsOf(search: ResultCriteria, kind: Kind): { needs: 'result' | 'case'; holds: RawBuilder<unknown> }[] {
  const { split, label, tag, category, errorCode, language, search: text = '' } = search;
  const conditions: { needs: 'result' | 'case'; holds: RawBuilder<unknown> }[] = [];
  if (errorCode !== undefined) {
    const column = kind === 'unjudged' ? sql`judgement.errorCode` : sql`result.errorCode`;
    conditions.push({ needs: 'result', holds: sql`${column} = ${errorCode}` });
  }
  if (category !== undefined) conditions.push({ needs: 'result', holds: isOfCategory(category) });
  if (split !== undefined) conditions.push({ needs: 'case', holds: sql`evalCase.split = ${split}` });
  if (label !== undefined) conditions.push({ needs: 'case', holds: sql`evalCase.label = ${label}` });
  if (tag !== undefined) {
    conditions.push({
      needs: 'case',
      // The first part is fast; the second is right where a tag has quotation marks in it.
      holds: sql`instr(evalCase.tags, ${JSON.stringify(tag)}) > 0 and exists (select 1 from json_each(evalCase.tags) where value = ${tag})`,
    });
  }
  if (language !== undefined) conditions.push({ needs: 'case', holds: sql`evalCase.language = ${language}` });
  if (text !== '') {
    const answer = contains(sql`coalesce(result.output, result.errorMessage)`, text);
    conditions.push({ needs: 'case', holds: sql`(${answer} or ${caseContains(text)})` });
  }
  return conditions;
}

const isFlaky = (run: RunId, scoring: number): RawBuilder<unknown> => sql`result.caseId in (
  select repeated.caseId from result as repeated join judgement as judged on judged.resultId = repeated.id and judged.scoringId = ${scoring}
  where repeated.runId = ${run} and repeated.last = 1 and judged.outcome <> 'error'
  group by repeated.caseId having sum(judged.outcome = 'passed') between 1 and count(*) - 1)`;

const isOfCategory = (category: string): RawBuilder<unknown> => {
  const reviewed = (is: RawBuilder<unknown>) => sql`result.id in (
    select review.resultId from review where review.category ${is}
      and not exists (select 1 from review as newer where newer.resultId = review.resultId and newer.id > review.id))`;
  return category === '' ? sql`not ${reviewed(sql`<> ''`)}` : reviewed(sql`= ${category}`);
};

/** The id at which a slice ends; null where what is left is no more than one. */
export async function lastOfSlice(
  database: Database,
  { from, id, rows }: Source,
  after: number,
): Promise<number | null> {
  const end = await sql<{ id: number }>`
    select ${id} as id from ${from} where ${rows} and ${id} > ${after} order by ${id} limit 1 offset ${SLICE - 1}`.execute(
    database,
  );
  return end.rows[0]?.id ?? null;
}
