import type { EvalCase } from './evaluation-set.ts';
import { canonicalJson } from './json.ts';

/** What of a case is another in the other version. */
export type CaseAspect = 'label' | 'variables' | 'tags';
export type CaseDifference = { key: string } & (
  | { type: 'added'; after: EvalCase }
  | { type: 'removed'; before: EvalCase }
  | { type: 'changed'; aspects: readonly CaseAspect[]; before: EvalCase; after: EvalCase }
);

/** What makes one version of a set into another, given the cases that are not in both as they are; by the order of the set. */
export function setDifference(before: readonly EvalCase[], after: readonly EvalCase[]): CaseDifference[] {
  const later = new Map(after.map((item) => [item.key, item]));
  const earlier = new Set(before.map(({ key }) => key));
  const goneOrChanged = before.flatMap((item): CaseDifference[] => {
    const other = later.get(item.key);
    if (other === undefined) return [{ type: 'removed', key: item.key, before: item }];
    const aspects = aspectsOf(item, other);
    return aspects.length === 0 ? [] : [{ type: 'changed', key: item.key, aspects, before: item, after: other }];
  });
  const added = after.filter(({ key }) => !earlier.has(key));
  return [...goneOrChanged, ...added.map((item): CaseDifference => ({ type: 'added', key: item.key, after: item }))];
}

function aspectsOf(before: EvalCase, after: EvalCase): CaseAspect[] {
  const differs = (read: (item: EvalCase) => Parameters<typeof canonicalJson>[0]) =>
    canonicalJson(read(before)) !== canonicalJson(read(after));
  return [
    ...(differs(({ expected }) => expected) ? ['label' as const] : []),
    ...(differs(({ variables }) => variables) ? ['variables' as const] : []),
    ...(differs(({ tags }) => [...tags]) ? ['tags' as const] : []),
  ];
}
