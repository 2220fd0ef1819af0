import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { LocalModel, LocalModelState, ModelTerms } from '../../domain/local-model.ts';
import { listLocalModels } from '../../services/models/local-models.ts';
import type { Workbench } from '../../services/workbench.ts';
import type { CommandRunner } from '../command-runner.ts';
import { exitCodes } from '../exit-code.ts';
import { startFetchProgress } from '../fetch-progress.ts';
import { formatCount, formatMegabytes } from '../format.ts';
import { Interruption, listenForInterrupt } from '../interruption.ts';
import { type CommandResult, note } from '../output.ts';
import { formatTable } from '../table.ts';

/** `whetstone model list|pull|add|remove` */
export function addModelCommand(program: Command, runner: CommandRunner): void {
  const model = program.command('model').description('models that run on this machine, and their files');
  model
    .command('list')
    .description('list the models whose file is here or can be fetched')
    .action((_options: unknown, command: Command) => runner.run(command, listModels));
  model
    .command('pull')
    .description('fetch the file of a known model; what an earlier attempt left is used')
    .argument('<name>', 'its name, as "whetstone model list" shows it', nameWithin)
    .option('--accept-terms', 'accept the terms that the model comes under', false)
    .action((name: string, { acceptTerms }: { acceptTerms: boolean }, command: Command) =>
      runner.run(command, async (workbench) => {
        const asks = process.stdin.isTTY && process.stderr.isTTY && !command.optsWithGlobals<{ json?: true }>().json;
        return pullModel(workbench, name, { acceptTerms, asks });
      }),
    );
  model
    .command('add')
    .description('add a GGUF file that you have; it stays where it is')
    .argument('<path>', 'path of the file')
    .option('--name <name>', "name to call it by (default: the file's)")
    .action((path: string, options: { name?: string }, command: Command) =>
      runner.run(command, async ({ localModels }) => {
        const added = await localModels.add(path, options.name);
        return { document: { model: added }, text: `Added local/${added.name} (${needs(added)}).` };
      }),
    );
  model
    .command('remove')
    .description('remove the file of a fetched model, or forget one that was added')
    .argument('<name>', 'its name', nameWithin)
    .action((name: string, _options: unknown, command: Command) =>
      runner.run(command, async ({ modelDownloads }) => {
        await modelDownloads.remove(name);
        return { document: { removed: name }, text: `Removed ${name}.` };
      }),
    );
}

/** Lists show the whole reference. */
const nameWithin = (name: string): string => name.replace(/^local\//, '');

async function listModels(workbench: Workbench): Promise<CommandResult> {
  const document = await listLocalModels(workbench);
  const rows = document.models.map((model) => [
    `local/${model.name}`,
    model.parameters === null ? '' : `${formatCount(Math.round(model.parameters / 1e6))} million`,
    model.licence ?? 'not said',
    formatMegabytes(model.fileBytes),
    formatMegabytes(model.memoryBytes),
    stateText(model),
  ]);
  const titles = ['model', 'parameters', 'licence', 'file', 'memory', ''].map((title) => ({ title }));
  const free = `${formatMegabytes(document.availableMemoryBytes)} of memory are free.`;
  const failures = document.models.flatMap(({ name, state }) =>
    state.type === 'failed' ? [`local/${name}: ${state.reason}`] : [],
  );
  return { document, text: [formatTable(titles, rows), '', ...failures, free].join('\n') };
}

function stateText({ name, state }: LocalModel): string {
  const texts: Readonly<Record<LocalModelState['type'], string>> = {
    absent: `"whetstone model pull ${name}" fetches it`,
    fetching: 'being fetched',
    checking: 'being checked',
    ready: 'ready',
    failed: 'unusable, see below',
  };
  return texts[state.type];
}

type PullOptions = { acceptTerms: boolean; asks: boolean };

async function pullModel(
  { modelDownloads }: Workbench,
  name: string,
  { acceptTerms, asks }: PullOptions,
): Promise<CommandResult> {
  const { terms, state } = await modelDownloads.get(name);
  const shown = state.type === 'ready' ? null : terms;
  if (shown !== null) note(termsText(shown));
  const accepted = acceptTerms || (shown !== null && asks && (await askForConsent()));
  const stopping = new AbortController();
  const interrupt = listenForInterrupt(() => stopping.abort(), `Left at once. ${goOn(name)}`);
  const progress = startFetchProgress();
  const unsubscribe = modelDownloads.subscribe((_name, now) => progress.show(now));
  try {
    const fetching = modelDownloads.fetch(name, stopping.signal, { acceptTerms: accepted });
    const model = await Promise.race([fetching, interrupt.secondPress]);
    return { document: { model }, text: `local/${model.name} is ready (${needs(model)}).` };
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    return { document: { model: await modelDownloads.get(name) }, text: goOn(name), exitCode: exitCodes.interrupted };
  } finally {
    progress.end();
    unsubscribe();
    interrupt.end();
  }
}

const goOn = (name: string) => `What has come is kept; go on with: whetstone model pull ${name}`;

const needs = ({ fileBytes, memoryBytes }: LocalModel) =>
  `file ${formatMegabytes(fileBytes)}, takes about ${formatMegabytes(memoryBytes)} of memory`;

const termsText = ({ title, url, text }: ModelTerms) => `${title} (${url})\n${text}\n`;

async function askForConsent(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal
    .question('Do you accept them? [y/N] ')
    .catch(() => {
      // Ctrl-C, or the end of the input.
      throw new Interruption('Nothing was fetched.');
    })
    .finally(() => terminal.close());
  return /^y(es)?$/i.test(answer.trim());
}
