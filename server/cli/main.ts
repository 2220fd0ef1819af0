import { Command, CommanderError, Option } from 'commander';
import { CommandRunner } from './command-runner.ts';
import { addCostsCommand } from './commands/costs.ts';
import { addEvalsCommand } from './commands/evals.ts';
import { addExportCommand } from './commands/export.ts';
import { addModelCommand } from './commands/model.ts';
import { addModelsCommand } from './commands/models.ts';
import { addMonitorCommand } from './commands/monitor.ts';
import { addPeopleCommand } from './commands/people.ts';
import { addPricesCommand } from './commands/prices.ts';
import { addProjectCommand } from './commands/project.ts';
import { addPromptsCommand } from './commands/prompts.ts';
import { addReleaseCommand } from './commands/release.ts';
import { addRunCommand } from './commands/run.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addScopeCommand } from './commands/scope.ts';
import { addServeCommand } from './commands/serve.ts';
import type { CliDependencies } from './dependencies.ts';
import { exitCodeHelp, exitCodes } from './exit-code.ts';
import { failureOf, failureText } from './failure.ts';
import { Interruption } from './interruption.ts';
import { errorLine, note } from './output.ts';

const commands = [
  addServeCommand,
  addProjectCommand,
  addScopeCommand,
  addEvalsCommand,
  addPromptsCommand,
  addRunCommand,
  addRunsCommand,
  addReleaseCommand,
  addExportCommand,
  addModelsCommand,
  addModelCommand,
  addPricesCommand,
  addCostsCommand,
  addPeopleCommand,
  addMonitorCommand,
];

/** Runs one command of `argv` (as in `process.argv`) and gives its exit code; `exitCodeHelp` says what each means. */
export async function runCli(argv: readonly string[], dependencies: CliDependencies): Promise<number> {
  // Read by hand: where the arguments are wrong, nothing has been parsed.
  const json = argv.includes('--json');
  const runner = new CommandRunner(dependencies);
  try {
    await createProgram(runner, dependencies.version).parseAsync([...argv]);
    return runner.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    if (error instanceof Interruption) {
      note(json ? errorLine({ code: 'interrupted', message: error.message, details: {} }) : error.message);
      // The calls under way would keep the process.
      process.exit(exitCodes.interrupted);
    }
    note(json ? errorLine(failureOf(error)) : failureText(error, argv.includes('--verbose')));
    return exitCodes.wrong;
  }
}

/** The whole command line; `runner` carries out what a command asks for. */
export function createProgram(runner: CommandRunner, version: string): Command {
  const program = new Command('whetstone')
    .description('A workbench for generative-AI applications: from an idea to production, and good from there on.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show how a command is used')
    .addOption(new Option('--data <dir>', 'folder of the database (default: data/)').env('WHETSTONE_DATA'))
    .addOption(
      new Option('--scorers <dir>', 'folder of your own scorers, NAME.js (default: evals/scorers)').env(
        'WHETSTONE_SCORERS',
      ),
    )
    .option('--json', 'print one JSON document on stdout, everything else on stderr')
    .option('--verbose', 'say where an error came from')
    .helpCommand('help [command]', 'show how a command is used')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .addHelpText('after', `\n${exitCodeHelp}`)
    // Errors are thrown and printed in one place.
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  for (const add of commands) add(program, runner);
  return program;
}
