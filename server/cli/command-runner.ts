import path from 'node:path';
import type { Command } from 'commander';
import type { Actor } from '../domain/person.ts';
import { actingName, identify, requireRole } from '../services/people/identify.ts';
import type { Workbench } from '../services/workbench.ts';
import type { CliDependencies } from './dependencies.ts';
import { exitCodes } from './exit-code.ts';
import { Interruption } from './interruption.ts';
import { type CommandResult, print } from './output.ts';

type GlobalOptions = { data?: string; scorers?: string; json?: true };

/** Opens the workbench for a command, prints what it gives back and keeps its exit code. */
export class CommandRunner {
  readonly dependencies: CliDependencies;
  exitCode: number = exitCodes.done;

  constructor(dependencies: CliDependencies) {
    this.dependencies = dependencies;
  }

  /** Carries out a command that works on the data. */
  async run(command: Command, work: (workbench: Workbench) => Promise<CommandResult>): Promise<void> {
    const { workbench, close } = await this.dependencies.openWorkbench(this.folders(command));
    try {
      await this.answer(command, await work(workbench));
    } catch (error) {
      // Who presses Ctrl-C twice does not want to wait for calls under way; what was stored is safe without closing.
      if (error instanceof Interruption) throw error;
      await close();
      throw error;
    }
    await close();
  }

  async answer(command: Command, { document, text, exitCode = exitCodes.done }: CommandResult): Promise<void> {
    const { json } = command.optsWithGlobals<GlobalOptions>();
    await print(json ? JSON.stringify(document, null, 2) : text);
    this.exitCode = exitCode;
  }

  /** Who gives the command. Throws `token_unknown`. */
  actor(workbench: Workbench): Promise<Actor> {
    return identify(workbench, this.dependencies.token() ?? null);
  }

  /** The name that what an editor does stands under, empty where nobody was added. Throws `person_required`, `role_insufficient`. */
  async editor(workbench: Workbench): Promise<string> {
    const actor = await this.actor(workbench);
    requireRole(actor, 'editor');
    return actingName(actor, '');
  }

  data(command: Command): string | undefined {
    return this.folders(command).data;
  }

  /** Those that were named. */
  folders(command: Command): { data?: string; scorers?: string } {
    const { data, scorers } = command.optsWithGlobals<GlobalOptions>();
    const folder = (given: string | undefined) => given && path.resolve(given);
    return { data: folder(data), scorers: folder(scorers) };
  }
}
