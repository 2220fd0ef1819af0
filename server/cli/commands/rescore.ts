import type { Command } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import type { Scoring } from '../../domain/scoring.ts';
import { wholeScoring } from '../../services/evaluate/rescore-run.ts';
import type { StartedScoring } from '../../services/evaluate/scoring-runner.ts';
import { countScoring, listScorings, planScoring, type ScoringOverview } from '../../services/evaluate/scorings.ts';
import type { Workbench } from '../../services/workbench.ts';
import { integerWithin, parseRunId } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { restedRunResult } from '../finish-run.ts';
import { formatCount, formatInstant, formatInterval, formatPercent, formatUsd } from '../format.ts';
import { listenForInterrupt } from '../interruption.ts';
import { judgingText } from '../judging-text.ts';
import { embeddingModelOption, judgeModelOption, scorerOption, thresholdOption } from '../options.ts';
import { type CommandResult, note } from '../output.ts';
import { formatTable } from '../table.ts';

type Options = {
  scorer?: ScorerSpec[];
  threshold?: number;
  judgeModel?: string;
  embeddingModel?: string;
  resume?: true;
};

const linesEveryMs = 5000;

/** `whetstone runs rescore|scorings` */
export function addRescoreCommands(runs: Command, runner: CommandRunner): void {
  runs
    .command('rescore')
    .description('score the stored outputs of a run again; only a judge model is asked, the earlier scoring stays')
    .argument('<run>', 'number of the run', parseRunId)
    .addOption(scorerOption())
    .addOption(thresholdOption())
    .addOption(judgeModelOption())
    .addOption(embeddingModelOption())
    .option('--resume', 'go on with the last scoring, which was stopped or interrupted')
    .action((id: RunId, options: Options, command: Command) =>
      runner.run(command, async (workbench) => {
        const run = await scored(workbench, id, await begin(workbench, id, options));
        return { ...(await restedRunResult(workbench, run)), exitCode: exitCodes.done };
      }),
    );
  runs
    .command('scorings')
    .description('list the scorings of a run, newest first; --count lets an earlier one count again')
    .argument('<run>', 'number of the run', parseRunId)
    .option('--count <number>', 'let this scoring count', integerWithin(1, Number.MAX_SAFE_INTEGER))
    .action((id: RunId, { count }: { count?: number }, command: Command) =>
      runner.run(command, async (workbench) => {
        if (count !== undefined) await countScoring(workbench, id, count);
        return scoringList(await listScorings(workbench, id));
      }),
    );
}

async function begin(workbench: Workbench, id: RunId, options: Options): Promise<StartedScoring> {
  const { scorer = [], resume = false } = options;
  if (resume !== scorer.length > 0) {
    if (!resume) return start(workbench, id, scoringOf(options));
    const job = await workbench.stores.scorings.newestJob(id);
    return workbench.scoringRunner.resume(id, job?.number ?? 0);
  }
  throw invalid('scorers_missing', 'Name scorers with --scorer, or say --resume to go on with the last scoring.');
}

async function start(workbench: Workbench, id: RunId, scoring: Scoring): Promise<StartedScoring> {
  const { outputs, judging } = await planScoring(workbench, id, scoring);
  note(`Plan: ${formatCount(outputs)} outputs${judging === null ? '; no model is asked' : judgingText(judging)}.`);
  return workbench.scoringRunner.start(id, scoring);
}

const scoringOf = ({ scorer = [], threshold, judgeModel, embeddingModel }: Options): Scoring => ({
  scorers: scorer,
  threshold: threshold ?? null,
  judgeModel: judgeModel ?? null,
  embeddingModel: embeddingModel ?? null,
});

/** Says how far it is until it is whole; Ctrl-C stops it. */
async function scored(workbench: Workbench, id: RunId, started: StartedScoring): Promise<Run> {
  const interrupt = listenForInterrupt(() => {
    void workbench.scoringRunner.close();
  }, 'Left at once; what was judged is kept.');
  const lines = setInterval(() => {
    workbench.stores.scorings.newestJob(id).then(
      (job) => job && note(`${formatCount(job.done)} of ${formatCount(job.total)}  ${formatUsd(job.costUsd)}`),
      (error: unknown) => note(`How far it is can't be read: ${String(error)}`),
    );
  }, linesEveryMs);
  try {
    return await Promise.race([wholeScoring(workbench, id, started), interrupt.secondPress]);
  } finally {
    clearInterval(lines);
    interrupt.end();
  }
}

function scoringList(scorings: readonly ScoringOverview[]): CommandResult {
  const columns = [
    { title: 'scoring', align: 'right' as const },
    { title: 'counts' },
    { title: 'pass rate', align: 'right' as const },
    { title: '95 % interval', align: 'right' as const },
    { title: 'n', align: 'right' as const },
    { title: 'scorers' },
    { title: 'threshold', align: 'right' as const },
    { title: 'judge' },
    { title: 'created' },
  ];
  const rows = scorings.map((scoring) => [
    String(scoring.number),
    scoring.counts ? 'yes' : '',
    formatPercent(scoring.passRate),
    formatInterval(scoring.interval),
    formatCount(scoring.n),
    scoring.asTyped.join(', '),
    scoring.threshold === null ? '–' : String(scoring.threshold),
    scoring.judgeModel ?? '–',
    formatInstant(scoring.createdAt),
  ]);
  return { document: { scorings }, text: formatTable(columns, rows) };
}
