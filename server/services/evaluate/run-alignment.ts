import { conflict, invalid } from '../../domain/errors.ts';
import { lookOfComparison } from '../../domain/holdout-claim.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run, SplitChoice } from '../../domain/run.ts';
import { alignRuns, differingCases, type RunAlignment } from '../../domain/run-alignment.ts';
import type { Workbench } from '../workbench.ts';

const MOST_RUNS = 6;
/** Alignments that are kept: whoever pages through one, or switches between two, does not wait for it again. */
const KEPT = 4;
const alignments = new WeakMap<Workbench, Map<string, Promise<RunAlignment>>>();
const differing = new WeakMap<Workbench, Map<string, Promise<ReadonlySet<string>>>>();

/** Two to six runs of one project, in the order given. Throws `runs_not_comparable`, `too_few_runs`, `too_many_runs`, `run_missing`. */
export async function runsToCompare({ stores }: Workbench, ids: readonly RunId[]): Promise<Run[]> {
  const different = [...new Set(ids)];
  if (different.length < 2) throw invalid('too_few_runs', 'Choose at least two different runs to compare.');
  if (different.length > MOST_RUNS)
    throw invalid('too_many_runs', `At most ${MOST_RUNS} runs are compared at once; choose fewer.`, {
      details: { most: MOST_RUNS },
    });
  const runs: Run[] = [];
  for (const id of different) runs.push(await stores.runs.get(id));
  if (new Set(runs.map(({ projectId }) => projectId)).size > 1)
    throw conflict('runs_not_comparable', 'These runs belong to different projects.');
  return runs;
}

/** The runs aligned by case, each against the first. */
export async function alignmentOf(
  workbench: Workbench,
  runs: readonly Run[],
  split: SplitChoice,
): Promise<RunAlignment> {
  const looks = await looksOfPairs(workbench, runs, split);
  const key = [split, await marksOf(workbench, runs), ...looks].join(' ');
  return remembered(alignments, workbench, key, () => align(workbench, runs, { split, looks }));
}

/** The keys of cases that any two of the runs answered differently; their outputs are only read for this. */
export async function differingCasesOf(
  workbench: Workbench,
  runs: readonly Run[],
  split: SplitChoice,
): Promise<ReadonlySet<string>> {
  const key = [split, await marksOf(workbench, runs)].join(' ');
  return remembered(differing, workbench, key, async () => {
    const digests = [];
    for (const { id } of runs) digests.push(await workbench.stores.caseOutcomes.answerDigests(id, split));
    return differingCases(digests);
  });
}

/** Other marks are other results or another scoring. */
async function marksOf({ stores }: Workbench, runs: readonly Run[]): Promise<string> {
  const marks: string[] = [];
  for (const { id } of runs) marks.push(`${id}@${await stores.caseOutcomes.mark(id)}`);
  return marks.join(' ');
}

async function remembered<Value>(
  all: WeakMap<Workbench, Map<string, Promise<Value>>>,
  workbench: Workbench,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = all.get(workbench) ?? new Map<string, Promise<Value>>();
  all.set(workbench, known);
  const value = known.get(key) ?? make();
  // Taken out and put in again: the one that was not used for longest is the first.
  known.delete(key);
  known.set(key, value);
  for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(oldest);
  value.catch(() => known.delete(key));
  return value;
}

/** For each run but the first, which look at the holdout cases its comparison with the first belongs to. */
export async function looksOfPairs(
  { stores }: Pick<Workbench, 'stores'>,
  [baseline, ...others]: readonly Run[],
  split: SplitChoice,
): Promise<(number | null)[]> {
  if (baseline === undefined || split === 'dev') return others.map(() => null);
  const looks = await stores.runLists.holdoutLooks(baseline.projectId);
  const looking = (run: Run) => ({ split: run.settings.split, look: looks.get(run.id) });
  return others.map((run) => lookOfComparison([looking(baseline), looking(run)], split));
}

type Wanted = { split: SplitChoice; looks: readonly (number | null)[] };

async function align({ stores }: Workbench, runs: readonly Run[], { split, looks }: Wanted): Promise<RunAlignment> {
  const ids = runs.map(({ id }) => id);
  return alignRuns(await stores.caseOutcomes.ofRuns(ids, split), looks);
}
