import type { FinishReason } from './completion.ts';
import { groupFailures, MOST_NOTES } from './failure-groups.ts';

/** What is known of one failure, to tell which others are like it. */
export type FailureTraits = {
  /** Its place in the order of ids: proposals come out the same in whatever order failures are given. */
  result: number;
  /** What a person sorted it into; empty where nobody did yet. */
  category: string;
  note: string;
  outcome: 'failed' | 'no_answer';
  finishReason: FinishReason | null;
  /** Null where what is expected is no label. */
  expected: string | null;
  answer: string | null;
  /** What the scorers that failed it said. */
  explanation: string;
};

/** What the failures of a group have in common. */
export type GroupReason =
  | { type: 'words'; words: string }
  | { type: 'confusion'; expected: string; answer: string }
  | { type: 'no_answer' }
  | { type: 'cut_off' };

/** Failures that may be one category, for a person to accept. `category`: one that people use already for others of the kind. */
export type ProposedGroup = { reason: GroupReason; category: string | null; results: number[] };

/** The most failures that are compared at once. */
export const MOST_COMPARED = MOST_NOTES;
const LONGEST_LABEL = 40;

/**
 * Groups failures that nobody sorted yet: by people's notes first, else by what can be read off the answer (cut off, none, one label for another), else by the
 * words of the scorers' explanations. Sorted ones only tell which category a group is. Largest group first; what is like no other is `alone`.
 */
export function proposeGroups(failures: readonly FailureTraits[]): { groups: ProposedGroup[]; alone: number[] } {
  const ordered = [...failures].sort((a, b) => a.result - b.result);
  const groups: ProposedGroup[] = [];
  let rest = ordered;
  for (const grouping of [byNotes, byAnswer, byExplanation]) {
    const found = grouping(rest).flatMap((group) => proposal(group) ?? []);
    const taken = new Set(found.flatMap(({ results }) => results));
    groups.push(...found);
    rest = rest.filter(({ result }) => !taken.has(result));
  }
  return {
    groups: groups.sort((a, b) => b.results.length - a.results.length || (a.results[0] ?? 0) - (b.results[0] ?? 0)),
    alone: rest.filter(({ category }) => category === '').map(({ result }) => result),
  };
}

type Group = { reason: GroupReason; members: readonly FailureTraits[] };

function byNotes(failures: readonly FailureTraits[]): Group[] {
  return byWords(
    failures.filter(({ note }) => note.trim() !== ''),
    ({ note }) => note,
  );
}

function byExplanation(failures: readonly FailureTraits[]): Group[] {
  return byWords(
    failures.filter(({ explanation }) => explanation.trim() !== ''),
    ({ explanation }) => explanation,
  );
}

function byWords(failures: readonly FailureTraits[], text: (failure: FailureTraits) => string): Group[] {
  return groupFailures(failures.map(text)).groups.map(({ name, members }) => ({
    reason: { type: 'words', words: name },
    members: members.flatMap((at) => failures[at] ?? []),
  }));
}

function byAnswer(failures: readonly FailureTraits[]): Group[] {
  const groups = new Map<string, { reason: GroupReason; members: FailureTraits[] }>();
  for (const failure of failures) {
    const reason = reasonOf(failure);
    if (reason === null) continue;
    const key = JSON.stringify(reason);
    const group = groups.get(key) ?? { reason, members: [] };
    groups.set(key, group);
    group.members.push(failure);
  }
  return [...groups.values()].filter(({ members }) => members.length > 1);
}

function reasonOf({ finishReason, outcome, expected, answer }: FailureTraits): GroupReason | null {
  if (finishReason === 'length') return { type: 'cut_off' };
  if (outcome === 'no_answer') return { type: 'no_answer' };
  const labels = expected !== null && answer !== null && expected !== answer;
  if (!labels || expected.length > LONGEST_LABEL || answer.length > LONGEST_LABEL) return null;
  return { type: 'confusion', expected, answer };
}

/** Null where everything in it is sorted, or one failure alone is not and nothing says what it is. */
function proposal({ reason, members }: Group): ProposedGroup | null {
  const open = members.filter(({ category }) => category === '');
  const category = commonest(members.flatMap((member) => (member.category === '' ? [] : [member.category])));
  if (open.length === 0 || (open.length === 1 && category === null)) return null;
  return { reason, category, results: open.map(({ result }) => result) };
}

function commonest(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0] ?? null;
}
