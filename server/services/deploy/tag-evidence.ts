import type { HoldoutLook } from '../../domain/holdout-claim.ts';
import { type CaseCounts, rateSummary } from '../../domain/rate-summary.ts';
import type { TagEvidence } from '../../domain/release.ts';
import type { Run } from '../../domain/run.ts';
import { holdoutInterval } from '../../domain/statistics/holdout-look.ts';
import type { Workbench } from '../workbench.ts';

/** The rates of a run's holdout cases with each of these tags, with intervals as wide as its look at holdout requires. */
export async function tagEvidence(
  { stores }: Pick<Workbench, 'stores'>,
  run: Run,
  holdout: HoldoutLook | null,
  tags: readonly string[],
): Promise<TagEvidence[]> {
  if (tags.length === 0 || holdout === null) return [];
  const byTag = new Map(tags.map((tag) => [tag, new Map<number, CaseCounts>()]));
  for await (const slice of stores.results.measured(run.id)) {
    for (const { caseId, split, outcome, tags: has } of slice) {
      if (split !== 'holdout') continue;
      for (const tag of new Set(has)) {
        const cases = byTag.get(tag);
        const { passed, failed, noAnswer, errors } = cases?.get(caseId) ?? {
          passed: 0,
          failed: 0,
          noAnswer: 0,
          errors: 0,
        };
        cases?.set(caseId, {
          passed: passed + Number(outcome === 'passed'),
          failed: failed + Number(outcome === 'failed' || outcome === 'no_answer'),
          noAnswer: noAnswer + Number(outcome === 'no_answer'),
          errors: errors + Number(outcome === 'error'),
        });
      }
    }
  }
  return [...byTag].map(([tag, cases]) => {
    const rates = rateSummary([...cases.values()]);
    const { passed, n } = rates;
    const plain = n > 0 && run.settings.repeats === 1 && run.settings.stopAtRate === null;
    const interval = plain ? holdoutInterval({ passed, n, look: holdout.look }).interval : null;
    return { tag, rates, interval };
  });
}
