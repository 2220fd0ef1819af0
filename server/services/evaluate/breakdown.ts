import { type Breakdown, BreakdownTally } from '../../domain/breakdown.ts';
import type { RunId } from '../../domain/ids.ts';
import { MetricTally } from '../../domain/metric-tally.ts';
import type { Run } from '../../domain/run.ts';
import type { Workbench } from '../workbench.ts';
import { metricsOf, type RunMetric } from './run-metrics.ts';

type RunBreakdown = Breakdown & { byScorer: RunMetric[] };
type Known = Map<RunId, { version: string; breakdown: RunBreakdown }>;
const MOST_KNOWN = 20;
/** Breakdowns of runs that rest: a page asks again after each change of anything. */
const knownBy = new WeakMap<Workbench['stores'], Known>();

/** Where a run does well and where it does not: by tag, label, language and split, by answer, by kind of error, and what its answers took. */
export async function runBreakdown({ stores }: Pick<Workbench, 'stores'>, id: RunId): Promise<RunBreakdown> {
  const run = await stores.runs.get(id);
  const known = knownBy.get(stores) ?? new Map();
  knownBy.set(stores, known);
  const version = await versionOf(stores, id);
  const before = known.get(id);
  if (before?.version === version) return before.breakdown;
  const breakdown = await measure(stores, run);
  known.delete(id);
  if (run.status !== 'running') known.set(id, { version, breakdown });
  for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest);
  return breakdown;
}

async function measure(stores: Workbench['stores'], run: Run): Promise<RunBreakdown> {
  const [tally, metrics] = [new BreakdownTally(), new MetricTally()];
  for await (const slice of stores.results.measured(run.id)) {
    for (const result of slice) {
      tally.add(result);
      metrics.add(result);
    }
  }
  return { ...tally.breakdown(), byScorer: metricsOf(run, metrics) };
}

/** Changes with all that changes the results of a run: each execution of it begins with an event. */
async function versionOf({ runs }: Workbench['stores'], id: RunId): Promise<string> {
  const [scoring, events] = [await runs.scoring(id), await runs.eventsAfter(id, 0)];
  return `${scoring.id}:${events.at(-1)?.number ?? 0}`;
}
