import { findScorer } from '../../../evals/scorers/index.ts';
import { invalid, missing } from '../../domain/errors.ts';
import type { ResultId, RunId } from '../../domain/ids.ts';
import type { JsonValue } from '../../domain/json.ts';
import {
  type Calibration,
  calibrationOf,
  enoughLabels,
  type JudgeStanding,
  standingOf,
} from '../../domain/judge-calibration.ts';
import { maskSecrets } from '../../domain/mask-secrets.ts';
import type { Message } from '../../domain/prompt.ts';
import type { Run } from '../../domain/run.ts';
import type { NamedScore } from '../../domain/scorer.ts';
import { parseScorerSpec } from '../../domain/scorer-spec.ts';
import { seededRandom } from '../../domain/seeded-order.ts';
import type { JudgedResult } from '../../storage/result-row.ts';
import type { Workbench } from '../workbench.ts';
import { resultDetail } from './results.ts';

type Stores = Pick<Workbench, 'stores'>;

/** A judge of a run by its digest. */
export type RunJudge = { run: RunId; judge: string };

export type JudgeSample = {
  scorer: string;
  /** What the judge judges by: the criterion where the scorer has one, else what the scorer is for. */
  criterion: string;
  /** In the order to label them in, with what this person said of each so far. */
  items: { result: ResultId; label: { passed: boolean | null; note: string } | null }[];
};

/** An output to label: nothing in it tells what the judge said. */
export type JudgeItem = { result: ResultId; caseKey: string; messages: Message[]; output: string; expected: JsonValue };

export type JudgeReport = {
  standing: JudgeStanding;
  calibration: Omit<Calibration, 'disagreements'>;
  enoughLabels: number;
  disagreements: {
    run: RunId;
    result: ResultId;
    caseKey: string;
    output: string;
    judgePassed: boolean;
    explanation: string;
    people: { author: string; passed: boolean; note: string }[];
  }[];
};

/** Most disagreements that a report lists. */
const LISTED = 200;
/** Results read at a time while a sample is drawn. */
const PAGE = 200;

/**
 * A simple random sample of what a judge judged in a run, the same for everyone. Drawing as many passes as failures would find rare failures sooner, but
 * sensitivity and specificity are shares of what *people* passed and failed: chosen by the judge's verdict, the sample makes the one seem worse and the other
 * better than they are, and the correction of Lee et al. takes it to be drawn without regard to the verdict. A larger sample begins with the
 * smaller one: each result has its own random place. Throws `run_missing`, `judge_missing`.
 */
export async function judgeSample(
  { stores }: Stores,
  { run: id, judge }: RunJudge,
  { size, author }: { size: number; author: string },
): Promise<JudgeSample> {
  const run = await stores.runs.get(id);
  const { scorer } = await countOf({ stores }, run, judge);
  const said = await stores.judgeLabels.ofAuthor(run.projectId, judge, author);
  const items: JudgeSample['items'] = [];
  const drawn = inRandomOrder(await stores.judgeLabels.drawable(id), judge);
  for (let at = 0; at < drawn.length && items.length < size; at += PAGE) {
    const page = drawn.slice(at, at + PAGE);
    const judged = await stores.results.page(id, { ids: page });
    const usable = new Set(judged.filter((one) => scoreBy(one, judge) !== undefined).map(({ result }) => result.id));
    for (const result of page) if (usable.has(result)) items.push({ result, label: said.get(result) ?? null });
  }
  return { scorer, criterion: criterionOf(scorer), items: items.slice(0, size) };
}

/** Throws `result_missing`, `judge_missing`. */
export async function judgeItem(workbench: Workbench, asked: RunJudge & { result: ResultId }): Promise<JudgeItem> {
  await requireVerdict(workbench, asked);
  const { caseKey, messages, output, expected } = await resultDetail(workbench, asked.result);
  return { result: asked.result, caseKey, messages, output: output ?? '', expected };
}

/** Keeps what a person says of an output; null passes it over. Throws `result_missing`, `judge_missing`, `author_missing`. */
export async function labelForJudge(
  { stores }: Stores,
  asked: RunJudge & { result: ResultId },
  { passed, note, author }: { passed: boolean | null; note: string; author: string },
): Promise<void> {
  if (author.trim() === '') {
    throw invalid(
      'author_missing',
      'Say who labels: people are told apart by their names, so that agreement between them can be seen.',
    );
  }
  await requireVerdict({ stores }, asked);
  const { projectId } = await stores.runs.get(asked.run);
  const { judge, result: resultId } = asked;
  const label = { projectId, judge, resultId, passed, note: maskSecrets(note), author: author.trim() };
  await stores.judgeLabels.add(label);
}

/** How far a judge says what people say, over all labels of the project, and what that makes of this run's rate. Throws `run_missing`, `judge_missing`. */
export async function judgeReport({ stores }: Stores, { run: id, judge }: RunJudge): Promise<JudgeReport> {
  const run = await stores.runs.get(id);
  const count = await countOf({ stores }, run, judge);
  const labelled = await stores.judgeLabels.labelled(run.projectId, [judge]);
  const { disagreements, ...calibration } = calibrationOf(labelled);
  const listed = disagreements.slice(0, LISTED).map(async (result) => {
    const judged = await stores.results.get(result);
    const people = labelled.filter(({ resultId }) => resultId === result);
    return {
      run: judged.result.runId,
      result,
      caseKey: judged.case.key,
      output: judged.result.type === 'reply' ? judged.result.reply.output : '',
      judgePassed: people[0]?.verdict === true,
      explanation: scoreBy(judged, judge)?.explanation ?? '',
      people: people.map(({ author, passed, note }) => ({ author, passed, note })),
    };
  });
  return {
    standing: standingOf(count, { ...calibration, disagreements }),
    calibration,
    enoughLabels,
    disagreements: await Promise.all(listed),
  };
}

async function countOf({ stores }: Stores, run: Run, judge: string) {
  const { judgeCounts } = await stores.runs.summary(run.id);
  return judgeCounts.find((count) => count.judge === judge) ?? noJudge(run.id, judge);
}

async function requireVerdict(
  { stores }: Stores,
  { run, judge, result }: RunJudge & { result: ResultId },
): Promise<void> {
  const judged = await stores.results.get(result);
  if (judged.result.runId !== run || scoreBy(judged, judge) === undefined) noJudge(run, judge);
}

function noJudge(run: RunId, judge: string): never {
  throw missing(
    'judge_missing',
    `The judge ${judge} gave no verdict there in run ${run}. The run's page names the judges of its scoring.`,
  );
}

/** The verdict of a judge, where it gave one. */
const scoreBy = ({ judgement }: JudgedResult, judge: string): NamedScore | undefined =>
  judgement?.scores.find((score) => score.judge === judge && score.value !== null && score.failure === undefined);

function criterionOf(scorer: string): string {
  const { name, args } = parseScorerSpec(scorer);
  return args === '' ? findScorer(name).description : args;
}

/** Each result's place hangs on the judge and its own number alone, so that results that come later move none. */
function inRandomOrder(results: readonly ResultId[], judge: string): ResultId[] {
  const seed = Number.parseInt(judge.slice(0, 8), 16);
  const placed = results.map((result) => ({ result, place: seededRandom(seed ^ Math.imul(result, 0x9e3779b1))() }));
  return placed.sort((a, b) => a.place - b.place || a.result - b.result).map(({ result }) => result);
}
