import { type RawBuilder, sql } from 'kysely';
import type { FinishReason, TokenUsage } from '../domain/completion.ts';
import type { EvalSetVersion } from '../domain/evaluation-set.ts';
import type { CaseId, RunId } from '../domain/ids.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { NamedScore, Outcome, ReplyFacts } from '../domain/scorer.ts';
import { countedScoring } from './counted-scoring.ts';
import type { Database } from './database.ts';
import { fromJson, toJson } from './json-column.ts';
import { now } from './now.ts';

/** A person's word on a label. It stands on the case as it is from then on; `before` is what was expected until then, where that was another. */
export type LabelDecision = { caseId: CaseId; before?: JsonValue; note: string; author: string };
/** A run's answer to a case that a set version still has with the same variables; without output and outcome where it was an error. */
export type CaseAnswer = {
  key: string;
  output: string | null;
  outcome: Outcome | null;
  reply: ReplyFacts;
  /** What a scorer read. */
  answer: string | null;
  variables: JsonObject;
  /** What the version expects. */
  expected: JsonValue;
  /** Scorers of its own that it has in the version. */
  scorers: readonly string[];
  /** Whether something else was expected when it was judged, or by other scorers of its own. */
  changed: boolean;
};
/** Cases by their place in the set, or by their keys. */
export type CaseRange = { after: number; upTo: number } | { keys: readonly string[] } | 'changed';

/** People's decisions on labels, only ever added, and what runs answered to the cases of today. */
export class LabelAuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(decisions: readonly LabelDecision[]): Promise<void> {
    if (decisions.length === 0) return;
    const createdAt = now();
    const rows = decisions.map(({ before, ...decision }) => ({
      ...decision,
      before: before === undefined ? null : toJson(before),
      createdAt,
    }));
    await this.#database.insertInto('labelDecision').values(rows).execute();
  }

  /** Keys of the cases of a version whose label a person settled; other variables or another label open the question again. */
  async settledKeys(version: EvalSetVersion): Promise<string[]> {
    const { rows } = await sql<{ key: string }>`
      select distinct present.key as key from labelDecision
      join evalCase as settled on settled.id = labelDecision.caseId
      join evalCase as present on present.evalSetId = settled.evalSetId and present.key = settled.key
        and present.variables = settled.variables and present.expected = settled.expected
      where settled.evalSetId = ${version.evalSetId} and ${isPart(version)}`.execute(this.#database);
    return rows.map(({ key }) => key);
  }

  /** In the set's order, each repeat of its own. `cross join` keeps SQLite from beginning with all results of the run. */
  async answers(run: RunId, version: EvalSetVersion, range: CaseRange): Promise<CaseAnswer[]> {
    const { rows } = await sql<AnswerRow>`
      select present.key, present.variables, present.expected, present.scorers as caseScorers,
        (judged.expected != present.expected or judged.scorers is not present.scorers) as changed,
        result.output, nullif(judgement.outcome, 'error') as outcome, judgement.scores, result.finishReason,
        result.inputTokens, result.outputTokens, result.cachedInputTokens, result.costUsd, result.latencyMs, result.fromCache
      from evalCase as present
      cross join evalCase as judged on judged.evalSetId = present.evalSetId and judged.key = present.key and judged.variables = present.variables
      cross join result on result.runId = ${run} and result.caseId = judged.id and result.last = 1
      left join judgement on judgement.resultId = result.id and judgement.scoringId = ${countedScoring(run)}
      where present.evalSetId = ${version.evalSetId} and ${isPart(version)} and ${isIn(range)}
      order by present.position, result.repeat`.execute(this.#database);
    return rows.map(answerOf);
  }
}

const isPart = ({ number }: EvalSetVersion): RawBuilder<boolean> =>
  sql<boolean>`present.addedIn <= ${number} and (present.removedIn is null or present.removedIn > ${number})`;

function isIn(range: CaseRange): RawBuilder<boolean> {
  if (range === 'changed') return sql<boolean>`judged.expected != present.expected`;
  if ('keys' in range) return sql<boolean>`present.key in (select value from json_each(${toJson([...range.keys])}))`;
  return sql<boolean>`present.position > ${range.after} and present.position <= ${range.upTo}`;
}

type AnswerRow = {
  key: string;
  variables: string;
  expected: string;
  caseScorers: string | null;
  changed: number;
  output: string | null;
  outcome: string | null;
  scores: string | null;
  finishReason: string | null;
  costUsd: number | null;
  latencyMs: number;
  fromCache: number;
} & TokenUsage;

const answerOf = (row: AnswerRow): CaseAnswer => ({
  key: row.key,
  output: row.output,
  outcome: row.outcome as Outcome | null,
  reply: {
    finishReason: (row.finishReason ?? 'other') as FinishReason,
    usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens, cachedInputTokens: row.cachedInputTokens },
    // A kept reply says of neither what the call once took.
    costUsd: row.fromCache === 1 ? null : row.costUsd,
    latencyMs: row.fromCache === 1 ? null : row.latencyMs,
  },
  answer: fromJson<NamedScore[]>(row.scores ?? '[]').find(({ answer }) => answer !== null)?.answer ?? null,
  variables: fromJson<JsonObject>(row.variables),
  expected: fromJson<JsonValue>(row.expected),
  scorers: fromJson<string[]>(row.caseScorers ?? '[]'),
  changed: row.changed === 1,
});
