import { type Command, Option } from 'commander';
import type { RunId } from '../../domain/ids.ts';
import type { Run, SplitChoice } from '../../domain/run.ts';
import { compareRunPair } from '../../services/evaluate/compare-runs.ts';
import { compareSeveral } from '../../services/evaluate/compare-several.ts';
import { cancelRun, pauseRun, resumeRun, retryErrors } from '../../services/evaluate/control-run.ts';
import { type ExportFormat, exportFormats, exportResults } from '../../services/evaluate/export-results.ts';
import type { Workbench } from '../../services/workbench.ts';
import { parseMoreRunIds, parseRunId } from '../arguments.ts';
import { addCiFileOptions } from '../ci-files.ts';
import type { CommandRunner } from '../command-runner.ts';
import { comparisonDocument, comparisonText, severalResult } from '../comparison-report.ts';
import { exitCodes } from '../exit-code.ts';
import { type AskedOfRun, restedRunResult, runToResult } from '../finish-run.ts';
import { splitOption } from '../options.ts';
import { type CommandResult, note } from '../output.ts';
import { writeExport } from '../write-export.ts';
import { addKeepRunCommands } from './keep-run.ts';
import { addRescoreCommands } from './rescore.ts';
import { addRunFailuresCommand } from './run-failures.ts';
import { addRunListCommand } from './run-list.ts';
import { addRunReportCommand } from './run-report.ts';

/** `whetstone runs list|show|compare|failures|resume|retry-errors|rescore|scorings|pause|cancel` */
export function addRunsCommand(program: Command, runner: CommandRunner): void {
  const runs = program.command('runs').description('runs of prompts on evaluation sets');
  addRunListCommand(runs, runner);
  runs
    .command('compare')
    .description('pair runs by case: what each fixed and broke against the first; with several, p is corrected by Holm')
    .argument('<a>', 'run that is the baseline', parseRunId)
    .argument('<b>', 'run that is compared with it', parseRunId)
    .argument('[more...]', 'up to four more runs', parseMoreRunIds)
    .addOption(splitOption('all'))
    .action((a: RunId, b: RunId, more: RunId[], { split = 'all' }: { split?: SplitChoice }, command: Command) =>
      runner.run(command, async (workbench) => {
        if (more.length > 0) return severalResult(await compareSeveral(workbench, [a, b, ...more], split));
        const compared = await compareRunPair(workbench, a, b, split);
        return { document: comparisonDocument(compared), text: comparisonText(compared) };
      }),
    );
  addOneRunCommands(runs, runner);
  addRescoreCommands(runs, runner);
  addRunReportCommand(runs, runner);
  addRunFailuresCommand(runs, runner);
  addKeepRunCommands(runs, runner);
}

/** The commands whose one argument is a run. */
function addOneRunCommands(runs: Command, runner: CommandRunner): void {
  const ofRun = (name: string, description: string) =>
    runs.command(name).description(description).argument('<run>', 'number of the run', parseRunId);
  const shown = async (workbench: Workbench, run: Run, asked: AskedOfRun = {}): Promise<CommandResult> => ({
    ...(await restedRunResult(workbench, run, asked)),
    exitCode: exitCodes.done,
  });

  addCiFileOptions(ofRun('show', 'show a run with its counts'))
    .option('--baseline <run>', 'run to compare with', parseRunId)
    .action((id: RunId, asked: AskedOfRun, command: Command) =>
      runner.run(command, async (workbench) => shown(workbench, await workbench.stores.runs.get(id), asked)),
    );
  ofRun('resume', 'go on with a run that rests, in this process: only what is missing is asked for').action(
    (id: RunId, _options: unknown, command: Command) =>
      runner.run(command, async (workbench) => {
        const run = await workbench.stores.runs.get(id);
        if (run.status !== 'completed') return execute(runner, command, workbench, run, resumeRun);
        note(`Run ${id} is complete already.`);
        return restedRunResult(workbench, run);
      }),
  );
  ofRun('retry-errors', 'ask again for the results of a run that are errors, in this process').action(
    (id: RunId, _options: unknown, command: Command) =>
      runner.run(command, async (workbench) =>
        execute(runner, command, workbench, await workbench.stores.runs.get(id), retryErrors),
      ),
  );
  ofRun('export', 'write the results of a run, failures first, to stdout or a file')
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('--out <file>', 'file to write (default: stdout)')
    .action((id: RunId, options: { format: ExportFormat; out?: string }, command: Command) =>
      runner.run(command, async (workbench) => {
        const run = await workbench.stores.runs.get(id);
        const pieces = exportResults(workbench, run.id, options.format);
        return writeExport(pieces, { ...options, run: run.id, whole: command.optsWithGlobals().json === true });
      }),
    );
  ofRun('pause', 'pause a run after the calls under way, wherever it is executed').action(
    (id: RunId, _options: unknown, command: Command) =>
      runner.run(command, async (workbench) => shown(workbench, await pauseRun(workbench, id))),
  );
  ofRun('cancel', 'cancel a run and the calls under way, wherever it is executed').action(
    (id: RunId, _options: unknown, command: Command) =>
      runner.run(command, async (workbench) => shown(workbench, await cancelRun(workbench, id))),
  );
}

const execute = (
  runner: CommandRunner,
  command: Command,
  workbench: Workbench,
  run: Run,
  start: typeof resumeRun,
): Promise<CommandResult> =>
  runToResult(workbench, run, () => start(workbench, run.id), { data: runner.data(command) });
