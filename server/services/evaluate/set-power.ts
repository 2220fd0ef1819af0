import type { EvalSet } from '../../domain/evaluation-set.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Split } from '../../domain/split.ts';
import { compareRuns } from '../../domain/statistics/comparison.ts';
import { casesForPairedDifference, detectablePairedDifference } from '../../domain/statistics/detectable-effect.ts';
import { exactCasesForDifference, exactDetectableDifference } from '../../domain/statistics/mcnemar-power.ts';
import type { Workbench } from '../workbench.ts';
import { auditedRuns } from './audited-runs.ts';
import { findSet } from './list-sets.ts';

/** The share of cases that flip between two versions of a prompt, where no two runs show it. */
const assumedFlipShare = 0.1;
/** Fewer pairs say too little of the share of flips. */
const fewestPairs = 30;
/** The difference for which the needed cases are told. */
const wantedDifference = 0.05;

export type SetPower = {
  flipShare: number;
  /** The two runs that show the share of flips, and the cases that both judged; null where it is assumed. */
  observed: { a: number; b: number; n: number } | null;
  /** `detectable`: the smallest true difference between two runs over so many cases that is found with power .8, by the z test's formula and by the exact test's own power; null where they can't show any. */
  sides: { split: Split; cases: number; detectable: number | null; exactDetectable: number | null }[];
  wanted: number;
  /** Cases that would show the wanted difference; null where it is larger than the share of flips. */
  needed: number | null;
  exactNeeded: number | null;
};

/** How large a difference the newest version of a set can show, and how many cases would show five points. Throws `eval_set_missing`. */
export async function setPower(workbench: Workbench, project: Project, name: string): Promise<SetPower> {
  const { evalSets } = workbench.stores;
  const set = await findSet(workbench, project, name);
  const version = await evalSets.version(set.id, null);
  const counts = version === null ? [] : await evalSets.labelCounts(version);
  const { share: flipShare, observed } = await flips(workbench, project, set);
  const sides = (['dev', 'holdout'] as const).flatMap((split) => {
    const cases = counts.filter((each) => each.split === split).reduce((sum, { count }) => sum + count, 0);
    if (cases === 0) return [];
    const detectable = detectablePairedDifference({ n: cases, flipShare });
    return [{ split, cases, detectable, exactDetectable: exactDetectableDifference({ n: cases, flipShare }) }];
  });
  const wanted = { difference: wantedDifference, flipShare };
  const [needed, exactNeeded] = [casesForPairedDifference(wanted), exactCasesForDifference(wanted)];
  return { flipShare, observed, sides, wanted: wantedDifference, needed, exactNeeded };
}

/** Between the newest two runs on one side whose prompt version or model differs. */
async function flips(workbench: Workbench, project: Project, set: EvalSet) {
  const runs = (await auditedRuns(workbench, project, set)).filter(({ status }) => status === 'completed');
  const [b, a] = runs.filter(({ split }) => split === runs[0]?.split);
  if (a === undefined || b === undefined) return { share: assumedFlipShare, observed: null };
  const outcomes = async (run: RunId) => {
    const cases = await workbench.stores.caseOutcomes.ofRun(run, 'all');
    return { keys: () => cases.keys(), get: (key: string) => cases.get(key)?.repeats };
  };
  const { n, fixed, broken } = compareRuns({ baseline: await outcomes(a.id), candidate: await outcomes(b.id) });
  if (n < fewestPairs || fixed + broken === 0) return { share: assumedFlipShare, observed: null };
  return { share: (fixed + broken) / n, observed: { a: a.id, b: b.id, n } };
}
