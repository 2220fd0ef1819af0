import { type Command, Option } from 'commander';
import { invalid } from '../../domain/errors.ts';
import { type ExportFormat, exportFormats } from '../../domain/export-format.ts';
import type { SplitChoice } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { GitFolder, type WrittenFile } from '../../formats/git-folder.ts';
import { exportVersion, type VersionChoice } from '../../services/prototype/export-version.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { type PromptReference, parsePromptReference } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { formatCount } from '../format.ts';
import { projectOption, scorerOption, splitOption } from '../options.ts';
import { writeTextFile } from '../write-text-file.ts';

type ExportOptions = {
  project: string;
  format: ExportFormat;
  out?: string;
  into?: string;
  set?: string;
  split?: SplitChoice;
  scorer?: ScorerSpec[];
};

/** `whetstone export prompt` */
export function addExportCommand(program: Command, runner: CommandRunner): void {
  const exported = program.command('export').description('write what others read');
  exported
    .command('prompt')
    .description('write a version of a prompt in another format')
    .argument('<name[@version|@label]>', 'prompt; its newest version unless one is said', parsePromptReference)
    .addOption(projectOption())
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('--out <file>', 'file to write (default: stdout)')
    .option('--into <dir>', 'folder of a git repository to write PROMPT.ENDING into; nothing is committed')
    .option(
      '--set <name>',
      'with promptfoo: evaluation set whose cases become tests (default: the one of the release, or the only one)',
    )
    .addOption(splitOption('dev'))
    .addOption(scorerOption())
    .action((reference: PromptReference, options: ExportOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const { format, out, into, set, split, scorer: scorers } = options;
        if (out !== undefined && into !== undefined) {
          throw invalid('out_with_into', '--out names a file and --into a folder. Give one of them.');
        }
        const project = await findProject(workbench, options.project);
        const tests = { set, split, scorers };
        const { fileName, keptName, text } = await exportVersion(
          workbench,
          project,
          choiceOf(reference),
          format,
          tests,
        );
        if (into !== undefined) {
          const written = await new GitFolder(into).write(keptName, text);
          return { document: { format, file: written.path, ...written }, text: writtenText(written) };
        }
        if (out === undefined) return { document: { format, fileName, text }, text: text.trimEnd() };
        await writeTextFile(out, text);
        return { document: { format, file: out }, text: `Wrote ${out}.` };
      }),
    );
}

function writtenText({ path, state, added, removed }: WrittenFile): string {
  if (state === 'same') return `${path} says this already.`;
  const lines = `${formatCount(added)} lines added, ${formatCount(removed)} removed`;
  return `Wrote ${path}: ${state === 'created' ? `new, ${formatCount(added)} lines` : lines}. Nothing was committed.`;
}

function choiceOf(reference: PromptReference): VersionChoice {
  if (reference.type === 'version') return { prompt: reference.name, version: reference.number };
  return reference.type === 'label' ? { prompt: reference.name, label: reference.label } : { prompt: reference.name };
}
