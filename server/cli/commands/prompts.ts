import path from 'node:path';
import type { Command } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import { readPromptFile } from '../../formats/read-prompt-file.ts';
import { checkDraft } from '../../services/prototype/check-prompt.ts';
import { createPrompt } from '../../services/prototype/create-prompt.ts';
import { diffVersions } from '../../services/prototype/export-version.ts';
import { requireValid, saveVersion } from '../../services/prototype/save-version.ts';
import { listPrompts, type PromptVersionView, showPrompt, versionViews } from '../../services/prototype/show-prompt.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { type PromptReference, parsePromptReference } from '../arguments.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { findReferencedVersion } from '../find-version.ts';
import { formatInstant, formatPercent } from '../format.ts';
import { projectOption } from '../options.ts';
import { type CommandResult, note } from '../output.ts';
import { promptCheckText } from '../prompt-check-text.ts';
import { readTextFile } from '../read-text-file.ts';
import { formatFields, formatTable } from '../table.ts';
import { addPromptFileCommands, folderOption, promptFilesDiff } from './prompt-files.ts';

type InProject = { project: string };
type DiffOptions = InProject & { dir: string };
type CheckOptions = InProject & { set?: string };
type AddOptions = InProject & { prompt: string; note?: string };

/** `whetstone prompts add|check|list|show|diff|pull|push` */
export function addPromptsCommand(program: Command, runner: CommandRunner): void {
  const prompts = program.command('prompts').description('prompts and their versions');
  prompts
    .command('add')
    .description('save a file as the next version of a prompt; equal content makes no new one')
    .argument('<file>', 'file that ends in .prompt.yml, .prompty or .txt (the message of a user)')
    .addOption(projectOption())
    .requiredOption('--prompt <name>', 'prompt, which is made where there is none')
    .option('--note <text>', 'what is new in this version')
    .action((file: string, options: AddOptions, command: Command) =>
      runner.run(command, async (workbench) =>
        addVersion(workbench, file, { ...options, author: await runner.editor(workbench) }),
      ),
    );
  prompts
    .command('check')
    .description('say what is worth changing in a prompt file; no model is asked')
    .argument('<file>', 'file that ends in .prompt.yml, .prompty or .txt')
    .addOption(projectOption())
    .option('--set <name>', 'set whose fields and holdout cases it is held against; the first with cases unless said')
    .action((file: string, options: CheckOptions, command: Command) =>
      runner.run(command, async (workbench) => checkFile(workbench, file, options)),
    );
  prompts
    .command('list')
    .description('list the prompts of a project with their versions')
    .addOption(projectOption())
    .action((options: InProject, command: Command) =>
      runner.run(command, async (workbench) => promptList(workbench, await findProject(workbench, options.project))),
    );
  prompts
    .command('show')
    .description('show a version of a prompt')
    .argument('<name[@version|@label]>', 'prompt; its newest version unless one is said', parsePromptReference)
    .addOption(projectOption())
    .action((reference: PromptReference, options: InProject, command: Command) =>
      runner.run(command, async (workbench) => {
        const project = await findProject(workbench, options.project);
        const { prompt, version } = await findReferencedVersion(workbench, project, reference);
        const views = await versionViews(workbench, prompt, [version]);
        return {
          document: Object.assign({ prompt: prompt.slug, name: prompt.name }, ...views.map(versionDocument)),
          text: views.map((view) => versionText(prompt.slug, view)).join('\n'),
        };
      }),
    );
  prompts
    .command('diff')
    .description('show what differs between two versions of a prompt, or between versions and files')
    .argument(
      '[before]',
      'NAME@VERSION or NAME@LABEL; without it, the newest versions are shown against their files',
      parsePromptReference,
    )
    .argument(
      '[after]',
      'the same; without it, <before> is shown against the version that it was made from',
      parsePromptReference,
    )
    .addOption(projectOption())
    .addOption(folderOption())
    .action(
      (
        before: PromptReference | undefined,
        after: PromptReference | undefined,
        options: DiffOptions,
        command: Command,
      ) =>
        runner.run(command, async (workbench) => {
          const project = await findProject(workbench, options.project);
          return before === undefined
            ? promptFilesDiff(workbench, project, options.dir)
            : versionDiff(workbench, project, before, after);
        }),
    );
  addPromptFileCommands(prompts, runner);
}

async function addVersion(
  workbench: Workbench,
  file: string,
  { author, ...options }: AddOptions & { author: string },
): Promise<CommandResult> {
  const { content, note: fileNote, leftOut } = readPromptFile(file, await readTextFile(file));
  const project = await findProject(workbench, options.project);
  // Before a prompt is made that would have no version.
  requireValid(content);
  const { prompts } = workbench.stores;
  const present = await prompts.find(project.id, options.prompt);
  const { slug } = present ?? (await createPrompt(workbench, project, options.prompt));
  const parent = present === null ? null : ((await prompts.version(present.id, null))?.number ?? null);
  const draft = { content, note: options.note ?? fileNote, author, parent };
  const { version, created } = await saveVersion(workbench, project, slug, draft);
  if (leftOut.length > 0) note(`Note: left out of ${path.basename(file)}: ${leftOut.join(', ')}.`);
  return {
    document: { prompt: slug, created, ...versionDocument(version), leftOut },
    text: created
      ? `Saved ${slug}@${version.number}${version.variables.length === 0 ? '' : ` with the variables ${version.variables.join(', ')}`}.`
      : `${slug}@${version.number} has this very content; no new version was made.`,
  };
}

async function checkFile(workbench: Workbench, file: string, options: CheckOptions): Promise<CommandResult> {
  const { content } = readPromptFile(file, await readTextFile(file));
  requireValid(content);
  const project = await findProject(workbench, options.project);
  const checked = await checkDraft(workbench, project, { content, set: options.set ?? null });
  const { checks, set } = checked;
  const against = set === null ? 'no set' : `${set.slug}, version ${set.version}`;
  return {
    document: { file, ...checked },
    text: [
      `Held against ${against}.`,
      ...(checks.length === 0 ? ['Nothing to mend.'] : checks.map(promptCheckText)),
    ].join('\n'),
    exitCode: checks.some(({ level }) => level === 'warning') ? exitCodes.gateFailed : exitCodes.done,
  };
}

/** Everywhere on the command line `version` is the number of a version. */
const versionDocument = <View extends { number: number }>({ number, ...version }: View) => ({
  version: number,
  ...version,
});

async function promptList(workbench: Workbench, project: Project): Promise<CommandResult> {
  const listed = await listPrompts(workbench, project);
  const prompts = await Promise.all(
    listed.map(async ({ slug }) => {
      const { versions, ...prompt } = await showPrompt(workbench, project, slug);
      return { ...prompt, versions: versions.map(({ content: _, ...version }) => versionDocument(version)) };
    }),
  );
  const rows = prompts.flatMap(({ slug, versions }) =>
    versions.map(({ version, labels, latestRun, createdAt, note: about }) => [
      `${slug}@${version}`,
      labels.join(', '),
      latestRun === null ? '' : `${formatPercent(latestRun.passRate)} (n = ${latestRun.n}, ${latestRun.model})`,
      formatInstant(createdAt),
      about,
    ]),
  );
  const columns = [
    { title: 'version' },
    { title: 'labels' },
    { title: 'newest run on dev' },
    { title: 'created' },
    { title: 'note' },
  ];
  const empty = 'There are no prompts yet. "whetstone prompts add --help" shows how one is made.';
  return { document: { prompts }, text: rows.length === 0 ? empty : formatTable(columns, rows) };
}

function versionText(prompt: string, version: PromptVersionView): string {
  const { parameters, responseFormat, messages } = version.content;
  const fields: [string, string][] = [
    ['version', `${prompt}@${version.number}${version.parent === null ? '' : `, made from ${version.parent}`}`],
    ['labels', version.labels.join(', ') || '–'],
    ['note', version.note || '–'],
    ['author', version.author || '–'],
    ['created', formatInstant(version.createdAt)],
    ['variables', version.variables.join(', ') || '–'],
    ['parameters', JSON.stringify(parameters)],
    ['answer', responseFormat.type === 'labels' ? responseFormat.labels.join(' | ') : responseFormat.type],
  ];
  return [formatFields(fields), ...messages.map(({ role, content }) => `\n${role}:\n${content}`)].join('\n');
}

async function versionDiff(
  workbench: Workbench,
  project: Project,
  first: PromptReference,
  second: PromptReference | undefined,
): Promise<CommandResult> {
  const one = await findReferencedVersion(workbench, project, first);
  const other = second === undefined ? null : await findReferencedVersion(workbench, project, second);
  if (other !== null && other.prompt.id !== one.prompt.id) {
    throw invalid(
      'other_prompt',
      `"${one.prompt.name}" and "${other.prompt.name}" are two prompts. Name two versions of one.`,
    );
  }
  const before = other === null ? one.version.parent : one.version.number;
  const after = (other ?? one).version.number;
  const prompt = one.prompt.slug;
  if (before === null) {
    throw invalid(
      'version_without_parent',
      `${prompt}@${after} was made from no other version. Name the two to compare: ${prompt}@BEFORE ${prompt}@AFTER.`,
    );
  }
  const diff = await diffVersions(workbench, project, prompt, { before, after });
  const text = diff === '' ? `${prompt}@${before} and ${prompt}@${after} do not differ.` : diff.trimEnd();
  return { document: { prompt, before, after, diff }, text };
}
