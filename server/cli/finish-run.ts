import { unavailable } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/run.ts';
import { runBatches } from '../services/evaluate/batch-mode.ts';
import { compareRunPair } from '../services/evaluate/compare-runs.ts';
import { failuresOfTheConnection } from '../services/evaluate/open-items.ts';
import { runMetrics } from '../services/evaluate/run-metrics.ts';
import { runOverview } from '../services/evaluate/run-overview.ts';
import { runRepeats } from '../services/evaluate/run-repeats.ts';
import type { Workbench } from '../services/workbench.ts';
import { batchLines } from './batch-lines.ts';
import { type CiFiles, writeCiFiles } from './ci-files.ts';
import { comparisonDocument, comparisonText } from './comparison-report.ts';
import { executeRun } from './execute-run.ts';
import { exitCodes, runExitCode } from './exit-code.ts';
import { formatPercent } from './format.ts';
import type { CommandResult } from './output.ts';
import { repeatLines } from './repeat-lines.ts';
import { runDocument, runText } from './run-report.ts';

export type AskedOfRun = { failUnder?: number; baseline?: RunId } & CiFiles;

/** Executes a run in this process until it rests, or with `letGo` until its batches are sent, and says what came of it and whether it holds what was asked of it. */
export async function runToResult(
  workbench: Workbench,
  run: Run,
  start: () => Promise<{ finished: Promise<Run> }>,
  { asked = {}, data, letGo = false }: { asked?: AskedOfRun; data?: string; letGo?: boolean },
): Promise<CommandResult> {
  const resumeCommand = `whetstone runs resume ${run.id}${data === undefined ? '' : ` --data ${JSON.stringify(data)}`}`;
  const { run: rested, interrupted } = await executeRun(workbench, run, { resumeCommand, start, letGo });
  await requireReachedModel(workbench, rested, resumeCommand);
  const result = await restedRunResult(workbench, rested, asked);
  // A run at its cost cap says itself how to go on.
  const capped = rested.status === 'paused' && rested.statusReason !== '';
  const goOn = rested.status === 'completed' || capped ? '' : `\n\nGo on with: ${resumeCommand}`;
  const sent = rested.status === 'running' && { exitCode: exitCodes.done };
  return { ...result, text: result.text + goOn, ...sent, ...(interrupted && { exitCode: exitCodes.interrupted }) };
}

/** A run that rests, with its exit code. */
export async function restedRunResult(workbench: Workbench, run: Run, asked: AskedOfRun = {}): Promise<CommandResult> {
  const overview = await runOverview(workbench, run);
  const errors = await workbench.stores.results.errorCounts(run.id);
  const metrics = await runMetrics(workbench, run.id);
  const batches = await runBatches(workbench, run.id);
  const repeats = await runRepeats(workbench, run.id);
  const compared =
    asked.baseline === undefined ? null : await compareRunPair(workbench, asked.baseline, run.id, run.settings.split);
  const { failUnder = null, baseline = null } = asked;
  await writeCiFiles(workbench, overview, asked, { compared, failUnder });
  const below = failUnder !== null && (overview.passRate === null || overview.passRate < failUnder);
  return {
    document: {
      ...runDocument(overview, errors, metrics),
      batches,
      repeats,
      baseline,
      comparison: compared && comparisonDocument(compared),
    },
    text: [
      runText(overview, errors, metrics),
      ...repeatLines(repeats),
      ...batchLines(batches),
      ...(compared === null ? [] : ['', comparisonText(compared)]),
      ...(below ? ['', `The pass rate is below the ${formatPercent(failUnder)} of --fail-under.`] : []),
    ].join('\n'),
    exitCode: runExitCode(
      { ...overview, maxErrors: run.settings.maxErrors },
      { failUnder, verdict: compared?.comparison.verdict ?? null },
    ),
  };
}

/** A run whose model was never reached says nothing: its name, its key or its address is wrong. Throws the reason. */
async function requireReachedModel(workbench: Workbench, run: Run, resumeCommand: string): Promise<void> {
  if (run.status !== 'failed') return;
  const { done } = await workbench.stores.runs.summary(run.id);
  const errors = Object.entries(await workbench.stores.results.errorCounts(run.id));
  const unreached = errors.filter(([reason]) => failuresOfTheConnection.some((failure) => failure === reason));
  if (unreached.reduce((sum, [, count]) => sum + count, 0) < done) return;
  throw unavailable(
    unreached[0]?.[0] ?? 'run_failed',
    `${run.statusReason} Run ${run.id} has no answers; once this is mended, go on with: ${resumeCommand}`,
    { details: { runId: run.id } },
  );
}
