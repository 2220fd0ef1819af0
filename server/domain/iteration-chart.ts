import type { JudgeStanding } from './judge-calibration.ts';
import type { RateSummary } from './run.ts';
import type { Split } from './split.ts';
import type { Interval } from './statistics/interval.ts';

/** One run on one split, as the chart of iterations shows it. */
export type ChartPoint = {
  run: number;
  /** Counts the project's iterations from 1: one a run, in the order they were started. */
  iteration: number;
  prompt: string;
  version: number;
  split: Split;
  n: number;
  passRate: number;
  interval: Interval;
  noAnswer: number;
  errors: number;
  set: string;
  setVersion: number;
  scorers: string[];
  /** The judge models that the rate rests on. */
  judges: JudgeStanding[];
  createdAt: string;
};
/** `segments`: a line each; a new one begins where set or scorers changed, because the points are not like with like. */
export type ChartSeries = { model: string; standIn: boolean; split: Split; segments: ChartPoint[][] };

/** What a classifier trained on the dev labels of a set version reaches on dev: a line for the points of that version. */
export type ChartBaseline = Pick<ChartPoint, 'set' | 'setVersion' | 'n' | 'passRate' | 'interval'> & {
  labelsUsed: number;
};

export type ChartRun = Omit<
  ChartPoint,
  'run' | 'iteration' | 'split' | 'n' | 'passRate' | 'interval' | 'noAnswer' | 'errors'
> & {
  id: number;
  model: string;
  standIn: boolean;
  bySplit: Readonly<Partial<Record<Split, RateSummary>>>;
};

/** A series a model and split over runs given oldest first; what nothing was judged of is left out. */
export function iterationSeries(runs: readonly ChartRun[]): ChartSeries[] {
  const series = new Map<string, ChartSeries>();
  runs.forEach((run, index) => {
    for (const split of ['dev', 'holdout'] as const) {
      const rates = run.bySplit[split];
      if (rates === undefined || rates.passRate === null || rates.interval === null) continue;
      // Named one by one, because a run that is given here may hold more than a chart should show.
      const { id, model, standIn, prompt, version, set, setVersion, scorers, judges, createdAt } = run;
      const { n, passRate, interval, noAnswer, errors } = rates;
      const about = {
        run: id,
        iteration: index + 1,
        prompt,
        version,
        split,
        set,
        setVersion,
        scorers,
        judges,
        createdAt,
      };
      addPoint(series, { model, standIn, split }, { ...about, n, passRate, interval, noAnswer, errors });
    }
  });
  return [...series.values()];
}

function addPoint(all: Map<string, ChartSeries>, of: Omit<ChartSeries, 'segments'>, point: ChartPoint): void {
  const key = `${of.split}:${of.model}`;
  const series = all.get(key) ?? { ...of, segments: [] };
  all.set(key, series);
  const segment = series.segments.at(-1);
  const last = segment?.at(-1);
  if (segment === undefined || last === undefined || !comparable(last, point)) series.segments.push([point]);
  else segment.push(point);
}

const comparable = (a: ChartPoint, b: ChartPoint): boolean =>
  a.set === b.set && a.setVersion === b.setVersion && a.scorers.join('\n') === b.scorers.join('\n');

/** The set versions that points of dev were measured on, in the order of the chart. */
export function setVersionsOf(series: readonly ChartSeries[]): Pick<ChartPoint, 'set' | 'setVersion'>[] {
  const points = series.filter(({ split }) => split === 'dev').flatMap(({ segments }) => segments.flat());
  return [...new Map(points.map(({ set, setVersion }) => [`${set}@${setVersion}`, { set, setVersion }])).values()];
}
