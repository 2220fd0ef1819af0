import type { CaseOutcome, CaseTable } from '../../server/domain/run-alignment.ts';

/** Runs, each with what became of its cases by their keys, as the database gives them. */
export function tableOf(runs: readonly ReadonlyMap<string, CaseOutcome>[]): CaseTable {
  const keys = [...new Set(runs.flatMap((run) => [...run.keys()]))];
  return { keys, runs: runs.map((run) => keys.map((key) => run.get(key))) };
}
