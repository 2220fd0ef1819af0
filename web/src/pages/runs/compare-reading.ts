import type { Answer } from '../../../../server/http/contract/index.ts';
import type { Run } from '../../components/use-runs.ts';

export type Compared = Answer<'GET /api/comparisons'>;
export type Pair = Compared['pairs'][number];
export type ComparedCase = Answer<'GET /api/comparisons/cases'>['cases'][number];
export type Group = ComparedCase['group'];
export type Change = NonNullable<ComparedCase['changes'][number]>;

/** Broken and fixed first: they are what a comparison is about. */
export const groups = ['broken', 'fixed', 'bothFail', 'bothPass', 'excluded'] as const satisfies Group[];

/** By which a run is called within a comparison: A is the baseline. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** What of a difference is only that outputs became readable, or stopped being so. */
export type FormatShare =
  | { type: 'none' }
  /** Of the cases fixed (or broken), so many had no answer before (or have none now). `alone`: without them nothing is left of it. */
  | { type: 'gain' | 'loss'; count: number; of: number; alone: boolean };

export function formatShare({
  fixed,
  broken,
  noAnswer,
}: Pick<Pair, 'fixed' | 'broken'> & { noAnswer: Pick<Pair['noAnswer'], 'fixed' | 'broken'> }): FormatShare {
  const ofJudgement = fixed - noAnswer.fixed - (broken - noAnswer.broken);
  if (fixed > broken && noAnswer.fixed > noAnswer.broken) {
    return { type: 'gain', count: noAnswer.fixed, of: fixed, alone: ofJudgement <= 0 };
  }
  if (broken > fixed && noAnswer.broken > noAnswer.fixed) {
    return { type: 'loss', count: noAnswer.broken, of: broken, alone: ofJudgement >= 0 };
  }
  return { type: 'none' };
}

/** Runs by prompt version and model; of several in one cell the newest is the first. */
export type Matrix = { models: string[]; rows: { version: string; cells: Run[][] }[] };

export function matrixOf(runs: readonly Run[]): Matrix {
  const versionOf = (run: Run) => `${run.prompt}@${run.version}`;
  const models = [...new Set(runs.map(({ model }) => model))].sort();
  const versions = new Map(
    runs
      .toSorted((a, b) => a.prompt.localeCompare(b.prompt) || a.version - b.version)
      .map((run) => [versionOf(run), run]),
  );
  const rows = [...versions.keys()].map((version) => ({
    version,
    cells: models.map((model) =>
      runs.filter((run) => versionOf(run) === version && run.model === model).sort((a, b) => b.id - a.id),
    ),
  }));
  return { models, rows };
}
