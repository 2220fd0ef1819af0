import type { Command } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import { changeRun, deleteRun, runDependents } from '../../services/evaluate/keep-run.ts';
import { parseRunId } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount } from '../format.ts';

type DeleteOptions = { yes?: true; by: string };

/** `whetstone runs archive|delete` */
export function addKeepRunCommands(runs: Command, runner: CommandRunner): void {
  runs
    .command('archive')
    .description('take a run out of the list of the pages; nothing is lost')
    .argument('<run>', 'number of the run', parseRunId)
    .option('--undo', 'bring it back')
    .action((run: RunId, { undo = false }: { undo?: boolean }, command: Command) =>
      runner.run(command, async (workbench) => {
        const document = await changeRun(workbench, run, { archived: !undo });
        return { document, text: undo ? `Run ${run} is in the list again.` : `Run ${run} is archived.` };
      }),
    );
  runs
    .command('delete')
    .description('delete a run with its results, reviews and comments, unless a release rests on it')
    .argument('<run>', 'number of the run', parseRunId)
    .option('--yes', 'do it; without this it is only said what would go')
    .option('--by <name>', 'who deletes it', '')
    .action((run: RunId, { yes, by }: DeleteOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const goes = await runDependents(workbench, run);
        const what = `${formatCount(goes.results)} results, ${formatCount(goes.reviews)} reviews and ${formatCount(goes.comments)} comments`;
        if (yes === undefined && goes.releases.length === 0) {
          throw invalid('not_confirmed', `Run ${run} would be deleted with ${what}. Say so with --yes.`, {
            details: { ...goes },
          });
        }
        await deleteRun(workbench, run, by);
        return { document: { run, ...goes }, text: `Run ${run} is deleted, with ${what}.` };
      }),
    );
}
