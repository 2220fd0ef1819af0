import { type Command, Option } from 'commander';
import type { Project } from '../../domain/project.ts';
import { diffPromptFiles, pullPrompts, pushPrompts, type SyncedFile } from '../../services/prototype/sync-prompts.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { type PromptReference, parsePromptReference } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { findReferencedVersion } from '../find-version.ts';
import { projectOption } from '../options.ts';
import type { CommandResult } from '../output.ts';

type SyncOptions = { project: string; dir: string; force: boolean };

export const folderOption = () =>
  new Option('--dir <folder>', 'folder of the files: <folder>/<project>/<prompt>.prompt.yml').default('prompts');

/** `whetstone prompts pull|push` */
export function addPromptFileCommands(prompts: Command, runner: CommandRunner): void {
  prompts
    .command('pull')
    .description('write prompts into files; what was changed there since is left as it is')
    .argument('[name[@version|@label]]', 'one prompt; the newest versions of all unless said', parsePromptReference)
    .addOption(projectOption())
    .addOption(folderOption())
    .option('--force', 'write over files that were changed', false)
    .action((reference: PromptReference | undefined, options: SyncOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const choice = await choiceOf(workbench, project, reference);
        return report(await pullPrompts(workbench, project, options.dir, { ...choice, force: options.force }), 'pull');
      }),
    );
  prompts
    .command('push')
    .description('save files that were changed as new versions; equal content makes none')
    .argument('[name]', 'one prompt; all unless said')
    .addOption(projectOption())
    .addOption(folderOption())
    .option('--force', 'save a file also where a version was saved meanwhile; that version stays', false)
    .action((name: string | undefined, options: SyncOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const { dir, force } = options;
        const author = await runner.editor(workbench);
        return report(await pushPrompts(workbench, project, dir, { only: name, force, author }), 'push');
      }),
    );
}

/** How the files of a folder differ from the newest versions. */
export async function promptFilesDiff(workbench: Workbench, project: Project, folder: string): Promise<CommandResult> {
  const { states, diff } = await diffPromptFiles(workbench, project, folder);
  return {
    document: { prompts: states, diff },
    text: diff === '' ? 'The files and the newest versions do not differ.' : diff.trimEnd(),
  };
}

async function choiceOf(workbench: Workbench, project: Project, reference: PromptReference | undefined) {
  if (reference === undefined) return {};
  const { prompt, version } = await findReferencedVersion(workbench, project, reference);
  return { only: prompt.slug, version };
}

function report(prompts: readonly SyncedFile[], direction: 'pull' | 'push'): CommandResult {
  const empty = 'There are no prompts and no files yet.';
  const open = prompts.some(({ state, done }) => state === 'conflict' && done === 'nothing');
  return {
    document: { prompts },
    text: prompts.length === 0 ? empty : prompts.map((synced) => lineOf(synced, direction)).join('\n'),
    exitCode: open ? exitCodes.gateFailed : exitCodes.done,
  };
}

function lineOf({ prompt, path, state, done, version }: SyncedFile, direction: 'pull' | 'push'): string {
  const named = `${prompt}@${version}`;
  if (done === 'written') return `${named} was written to ${path}.`;
  if (done === 'saved') return `${path} was saved as ${named}.`;
  switch (state) {
    case 'same':
      return `${named} and ${path} say the same.`;
    case 'only_file':
      return `${path} has no prompt yet; "prompts push" saves it.`;
    case 'only_version':
      return `${named} has no file yet; "prompts pull" writes it.`;
    case 'file_changed':
      return `${path} was changed and left as it is; "prompts push" saves it as the next version.`;
    case 'version_changed':
      return `${named} is newer than ${path}; "prompts pull" writes it.`;
    case 'conflict':
      return `Conflict: ${path} and ${named} were both changed, so nothing was done. "prompts diff" shows how; "prompts ${direction} --force" ${direction === 'pull' ? 'writes over the file' : 'saves the file as the next version'}.`;
  }
}
