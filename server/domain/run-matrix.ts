import type { RateSummary, RunStatus, SplitChoice } from './run.ts';
import type { Split } from './split.ts';
import type { Interval } from './statistics/interval.ts';

/** What the matrix takes from a run. */
export type MatrixRun = Pick<RateSummary, 'n' | 'passRate' | 'interval' | 'errors'> & {
  id: number;
  status: RunStatus;
  prompt: string;
  version: number;
  model: string;
  standIn: boolean;
  set: string;
  setVersion: number;
  split: SplitChoice;
  scorers: string[];
  bySplit: Readonly<Partial<Record<Split, RateSummary>>>;
};

export type MatrixScope = { set: string; setVersion: number; split: SplitChoice };

export type MatrixCell = {
  /** The newest run that has ended on these cases. */
  newest: { run: number; passRate: number; interval: Interval; n: number; errors: number; scorers: string[] } | null;
  /** A newer one that is waiting or under way. */
  underWay: number | null;
  /** The newest run on another version of the set, where there is none on this one. */
  elsewhere: { run: number; setVersion: number } | null;
};
export type MatrixRow = { prompt: string; version: number; cells: MatrixCell[] };
export type RunMatrix = { models: { model: string; standIn: boolean }[]; rows: MatrixRow[] };

/**
 * Prompt versions by models on one set version and split, from runs given newest first. Rows are the versions that ran on the set, whatever its version,
 * and `newest`, the newest versions of their prompts, which may not have; columns are the models that did.
 */
export function runMatrix(
  runs: readonly MatrixRun[],
  scope: MatrixScope,
  newest: readonly { prompt: string; version: number }[],
): RunMatrix {
  const onSet = runs.filter(({ set }) => set === scope.set);
  const models = new Map(onSet.map(({ model, standIn }) => [model, { model, standIn }]));
  const columns = [...models.values()].sort((a, b) => a.model.localeCompare(b.model));
  const prompts = new Set(onSet.map(({ prompt }) => prompt));
  const wanted = [...onSet, ...newest.filter(({ prompt }) => prompts.has(prompt))];
  const versions = new Map(wanted.map(({ prompt, version }) => [`${prompt}@${version}`, { prompt, version }]));
  const rows = [...versions.values()]
    .sort((a, b) => a.prompt.localeCompare(b.prompt) || b.version - a.version)
    .map(({ prompt, version }) => {
      const own = onSet.filter((run) => run.prompt === prompt && run.version === version);
      return {
        prompt,
        version,
        cells: columns.map(({ model }) =>
          cellOf(
            own.filter((run) => run.model === model),
            scope,
          ),
        ),
      };
    });
  return { models: columns, rows };
}

function cellOf(runs: readonly MatrixRun[], { setVersion, split }: MatrixScope): MatrixCell {
  const here = runs.filter((run) => run.setVersion === setVersion && covers(run, split));
  const ended = here.flatMap((run) => {
    const { passRate, interval, n, errors } = split === 'all' ? run : (run.bySplit[split] ?? NOTHING);
    if (!hasEnded(run) || passRate === null || interval === null) return [];
    return [{ run: run.id, passRate, interval, n, errors, scorers: run.scorers }];
  });
  const newest = ended[0] ?? null;
  const underWay = here.find(
    ({ id, status }) => (status === 'queued' || status === 'running') && id > (newest?.run ?? 0),
  );
  const other = runs.find((run) => run.setVersion !== setVersion && covers(run, split) && hasEnded(run));
  return {
    newest,
    underWay: underWay?.id ?? null,
    elsewhere: newest === null && other !== undefined ? { run: other.id, setVersion: other.setVersion } : null,
  };
}

const NOTHING = { passRate: null, interval: null, n: 0, errors: 0 };

/** A run of all cases counts its splits apart; only such a run says something of all. */
const covers = (run: MatrixRun, split: SplitChoice): boolean => run.split === 'all' || run.split === split;

const hasEnded = ({ status }: MatrixRun): boolean => status === 'completed' || status === 'failed';
