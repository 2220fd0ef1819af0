import type { Run } from '../../components/use-runs.ts';

/** How many cases a rate is over: with repeats a case is judged several times and counts once. Exact where no repeat of a case is an error. */
export const judgedCases = (
  { passed, failed }: Pick<Run, 'passed' | 'failed'>,
  { settings: { repeats } }: Pick<Run, 'settings'>,
): number => Math.ceil((passed + failed) / repeats);
