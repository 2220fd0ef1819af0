import { sql } from 'kysely';
import type { ProjectId, ResultId, RunId } from '../domain/ids.ts';
import { isNegated, type LabelledVerdict } from '../domain/judge-calibration.ts';
import type { Database } from './database.ts';
import { toJson } from './json-column.ts';
import { now } from './now.ts';

/** A person's word on whether an output meets what a judge judges by; `passed` is null where they passed it over. */
export type JudgeLabel = {
  projectId: ProjectId;
  judge: string;
  resultId: ResultId;
  passed: boolean | null;
  note: string;
  author: string;
};

type LabelledRow = Omit<LabelledVerdict, 'passed' | 'verdict'> & { passed: number; verdict: number; scorer: string };

/** People's labels for judges, only ever added: of one person on one output the newest counts. */
export class JudgeLabelStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add({ passed, ...label }: JudgeLabel): Promise<void> {
    await this.#database
      .insertInto('judgeLabel')
      .values({ ...label, passed: passed === null ? null : Number(passed), createdAt: now() })
      .execute();
  }

  /** What one person said so far, passed over or not. */
  async ofAuthor(
    project: ProjectId,
    judge: string,
    author: string,
  ): Promise<Map<ResultId, Pick<JudgeLabel, 'passed' | 'note'>>> {
    const rows = await this.#database
      .selectFrom('judgeLabel')
      .select(['resultId', 'passed', 'note'])
      .where('projectId', '=', project)
      .where('judge', '=', judge)
      .where('author', '=', author)
      .orderBy('id')
      .execute();
    return new Map(
      rows.map(({ resultId, passed, note }) => [resultId, { passed: passed === null ? null : passed === 1, note }]),
    );
  }

  /** The labels that count for these judges, each with what the judge said of the output when it last judged it. */
  async labelled(project: ProjectId, judges: readonly string[]): Promise<LabelledVerdict[]> {
    if (judges.length === 0) return [];
    const { rows } = await sql<LabelledRow>`
      select label.judge, label.resultId, label.author, label.passed, label.note, score.value ->> '$.passed' as verdict,
        score.value ->> '$.scorer' as scorer, max(judgement.scoringId)
      from judgeLabel as label
      cross join judgement on judgement.resultId = label.resultId
        and exists (select 1 from countedScoring where countedScoring.scoringId = judgement.scoringId)
      cross join json_each(judgement.scores) as score
      where label.projectId = ${project} and label.judge in (select value from json_each(${toJson([...judges])}))
        and label.id = (select max(id) from judgeLabel as newest where newest.projectId = label.projectId
          and newest.judge = label.judge and newest.resultId = label.resultId and newest.author = label.author)
        and label.passed is not null and score.value ->> '$.judge' = label.judge
        and score.value ->> '$.value' is not null and score.value ->> '$.failure' is null
      group by label.id order by label.id`.execute(this.#database);
    return rows.map(({ judge, resultId, author, passed, note, verdict, scorer }) => ({
      judge,
      resultId,
      author,
      passed: passed === 1,
      note,
      verdict: (verdict === 1) !== isNegated(scorer),
    }));
  }

  /** Replies of a run that count, the first repeat of each case: what a sample is drawn from. */
  async drawable(run: RunId): Promise<ResultId[]> {
    const rows = await this.#database
      .selectFrom('result')
      .select('id')
      .where('runId', '=', run)
      .where('last', '=', 1)
      .where('repeat', '=', 0)
      .where('errorCode', 'is', null)
      .execute();
    return rows.map(({ id }) => id);
  }
}
