import { type CaseContent, caseLabel, caseText } from './evaluation-set.ts';
import { canonicalJson } from './json.ts';
import { nearDuplicateGroups } from './near-duplicates.ts';

/** A case and the line of a file on which it begins. */
export type CheckedCase = { line: number; content: CaseContent };
/** Cases that give the same input, by what they expect. */
export type LabelConflict = { text: string; answers: { label: string; lines: number[] }[] };
/** Cases whose inputs differ by little only. */
export type NearDuplicateGroup = { lines: number[]; texts: string[]; labels: string[] };
export type CaseCheck = {
  labels: { label: string | null; count: number }[];
  conflicts: LabelConflict[];
  /** Near-duplicates that are no exact ones, largest groups first; `mixed` ones have several labels. */
  nearDuplicates: (NearDuplicateGroup & { mixed: boolean })[];
};

/** What is worth a look in cases before they are saved: how often each label is, the same input with several answers, and near-duplicates. */
export function checkCases(cases: readonly CheckedCase[]): CaseCheck {
  return { labels: labelCounts(cases), conflicts: labelConflicts(cases), nearDuplicates: nearDuplicates(cases) };
}

function labelCounts(cases: readonly CheckedCase[]): CaseCheck['labels'] {
  const counts = new Map<string | null, number>();
  for (const { content } of cases) {
    const label = caseLabel(content.expected);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

/** The same input with several answers. */
export function labelConflicts(cases: readonly CheckedCase[]): LabelConflict[] {
  const byInput = Map.groupBy(cases.keys(), (index) => canonicalJson(cases[index]?.content.variables));
  return [...byInput.values()].flatMap((members) => {
    if (members.length === 1) return [];
    const answers = Map.groupBy(members, (index) => canonicalJson(cases[index]?.content.expected));
    if (answers.size === 1) return [];
    return [
      {
        text: caseText(cases[members[0] ?? 0]?.content.variables ?? {}),
        answers: [...answers.values()].map((same) => ({
          label: labelOf(cases[same[0] ?? 0]),
          lines: linesOf(cases, same),
        })),
      },
    ];
  });
}

/** Near-duplicates that are no exact ones, largest groups first. */
export function nearDuplicates(cases: readonly CheckedCase[]): CaseCheck['nearDuplicates'] {
  const texts = cases.map(({ content }) => caseText(content.variables));
  const leaders = nearDuplicateGroups(texts);
  const groups = Map.groupBy(cases.keys(), (index) => leaders[index] ?? index);
  return [...groups.values()]
    .flatMap((members) => {
      const distinct = new Set(members.map((index) => texts[index] ?? ''));
      if (distinct.size < 2) return [];
      const labels = [...new Set(members.map((index) => labelOf(cases[index])))];
      return [{ lines: linesOf(cases, members), texts: [...distinct], labels, mixed: labels.length > 1 }];
    })
    .sort((a, b) => b.lines.length - a.lines.length);
}

const linesOf = (cases: readonly CheckedCase[], members: readonly number[]): number[] =>
  members.map((index) => cases[index]?.line ?? 0);

/** What a case expects, as a short text. */
function labelOf(item: CheckedCase | undefined): string {
  const expected = item?.content.expected ?? null;
  return typeof expected === 'string' ? expected : JSON.stringify(expected);
}
