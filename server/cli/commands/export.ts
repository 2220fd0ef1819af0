import { type Command, Option } from 'commander';
import { type ExportFormat, exportFormats } from '../../domain/export-format.ts';
import { exportVersion, type VersionChoice } from '../../services/prototype/export-version.ts';
import { findProject } from '../../services/scope/find-project.ts';
import { type PromptReference, parsePromptReference } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { projectOption } from '../options.ts';
import { writeTextFile } from '../write-text-file.ts';

type ExportOptions = { project: string; format: ExportFormat; out?: string };

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
    .action((reference: PromptReference, options: ExportOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        const { format, out } = options;
        const project = await findProject(workbench, options.project);
        const { fileName, text } = await exportVersion(workbench, project, choiceOf(reference), format);
        if (out === undefined) return { document: { format, fileName, text }, text: text.trimEnd() };
        await writeTextFile(out, text);
        return { document: { format, file: out }, text: `Wrote ${out}.` };
      }),
    );
}

function choiceOf(reference: PromptReference): VersionChoice {
  if (reference.type === 'version') return { prompt: reference.name, version: reference.number };
  return reference.type === 'label' ? { prompt: reference.name, label: reference.label } : { prompt: reference.name };
}
