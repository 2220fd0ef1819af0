import { caseLabel, caseText } from '../../domain/evaluation-set.ts';
import {
  type FailureTraits,
  MOST_COMPARED,
  type ProposedGroup,
  type proposeGroups,
} from '../../domain/failure-proposals.ts';
import type { ResultId, RunId } from '../../domain/ids.ts';
import type { Review } from '../../domain/review.ts';
import { seededOrder } from '../../domain/seeded-order.ts';
import type { JudgedResult } from '../../storage/result-row.ts';
import { inWorker } from '../evaluate/in-worker.ts';
import type { Workbench } from '../workbench.ts';
import { nameGroups, namingTokens } from './name-groups.ts';

/** One failure of a group, so short that hundreds can be looked over. */
export type GroupedCase = {
  result: ResultId;
  caseKey: string;
  input: string;
  expected: string;
  output: string;
  note: string;
};
export type SuggestedGroup = Pick<ProposedGroup, 'reason' | 'category'> & {
  /** What the model would call it; null where none was asked, or it said nothing of it. */
  name: string | null;
  cases: GroupedCase[];
};
export type GroupSuggestion = {
  groups: SuggestedGroup[];
  /** Failures that are like no other. */
  alone: number;
  /** Failures that were compared, of all that nobody sorted yet: a random sample where there are too many. */
  compared: number;
  unsorted: number;
  /** About how many tokens asking a model for names takes. */
  namingTokens: { input: number; output: number };
  /** Of the model's call; null where its price is not known, 0 where none was made. */
  costUsd: number | null;
};

/** So many sorted failures tell which category a group is. */
const SORTED = 300;
const LONGEST = 240;

/** Groups that the unsorted failures of a run may fall into, named by a model where one is given. Nothing is written. Throws `run_missing`, and where the model can't be asked or gives no names. */
export async function suggestGroups(
  workbench: Workbench,
  id: RunId,
  { model, signal }: { model: string | null; signal: AbortSignal },
): Promise<GroupSuggestion> {
  const { stores } = workbench;
  const run = await stores.runs.get(id);
  const all = seededOrder(await stores.categories.unsorted(id), id);
  const known = seededOrder(await stores.categories.sorted(id), id).slice(0, SORTED);
  const drawn = all.slice(0, MOST_COMPARED - known.length);
  const ids = [...drawn, ...known];
  const failures = await stores.results.page(id, { ids });
  const reviews = await stores.reviews.of(ids);
  const traits = failures.map((failure) => traitsOf(failure, reviews.get(failure.result.id)));
  const found = await inWorker<ReturnType<typeof proposeGroups>>('../improve/group-worker', traits, { signal });
  const caseOf = new Map(
    failures.map((failure): [number, GroupedCase] => [
      failure.result.id,
      groupedCase(failure, reviews.get(failure.result.id)?.note ?? ''),
    ]),
  );
  const groups = found.groups.map(({ reason, category, results }) => ({
    reason,
    category,
    name: null,
    cases: results.flatMap((result) => caseOf.get(result) ?? []),
  }));
  const project = await stores.projects.get(run.projectId);
  const about = {
    alone: found.alone.length,
    compared: drawn.length,
    unsorted: all.length,
    namingTokens: await namingTokens(workbench, project, groups),
  };
  if (model === null) return { groups, ...about, costUsd: 0 };
  return { ...(await nameGroups(workbench, project, groups, { model, signal })), ...about };
}

function traitsOf({ result, case: item, judgement }: JudgedResult, review: Review | undefined): FailureTraits {
  const scores = judgement?.scores ?? [];
  return {
    result: result.id,
    category: review?.category ?? '',
    note: review?.note ?? '',
    outcome: judgement?.outcome === 'no_answer' ? 'no_answer' : 'failed',
    finishReason: result.type === 'reply' ? result.reply.finishReason : null,
    expected: caseLabel(item.expected),
    answer: scores[0]?.answer ?? null,
    explanation: scores.flatMap(({ passed, explanation }) => (passed ? [] : [explanation])).join('\n'),
  };
}

function groupedCase({ result, case: item }: JudgedResult, note: string): GroupedCase {
  const { expected } = item;
  const asked = expected === null ? '' : typeof expected === 'string' ? expected : JSON.stringify(expected);
  return {
    result: result.id,
    caseKey: item.key,
    input: shortened(caseText(item.variables)),
    expected: shortened(asked),
    output: shortened(result.type === 'reply' ? result.reply.output : ''),
    note: shortened(note),
  };
}

const shortened = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
