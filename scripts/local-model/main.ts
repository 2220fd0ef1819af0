import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorMessage } from '../../server/domain/errors.ts';
import type { LocalModel } from '../../server/domain/local-model.ts';
import { createEnvironment } from '../../server/providers/environment.ts';
import { standardModel } from '../../server/providers/local/catalogue.ts';
import { openWorkbench } from '../../server/services/open-workbench.ts';
import type { Workbench } from '../../server/services/workbench.ts';
import { describeMachine } from './describe-machine.ts';
import { type Measured, measureTask } from './measure.ts';
import { writePage } from './page.ts';
import { dataTasks, sampleTask, type Task } from './tasks.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = path.join(root, 'docs', 'local-model.md');
const usage = 'npm run local-model -- [--datasets DIR] [--models NAME,…] [--limit CASES] [--write]';
/** What the catalogue's figures do not say. */
const about: Readonly<Record<string, string>> = {
  'smollm2-135m': 'trained to answer, by Hugging Face; mostly English; weights in 4 bits (Q4_1)',
  'gemma-3-270m':
    'a base model by Google, which goes on from a text and has no chat template; many languages; weights in 4 bits (Q4_K_M)',
};

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

process.exitCode = await main().catch((error: unknown) => {
  say(`${errorMessage(error)}\nUsage: ${usage}`);
  return 2;
});

/** Measures the models on this machine; prints the page, or with `--write` replaces the one in docs. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      datasets: { type: 'string' },
      models: { type: 'string' },
      limit: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit);
  if (!(limit >= 1)) throw new Error(`--limit ${values.limit} is no number of cases.`);
  if (values.write && limit !== Number.POSITIVE_INFINITY)
    throw new Error('A part of the cases is no page: leave out --limit or --write.');
  const environment = createEnvironment(path.join(root, '.env'));
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'whetstone-local-model-'));
  const modelsDirectory = path.resolve(environment.get('WHETSTONE_MODELS') ?? path.join(root, 'data', 'models'));
  const opened = await openWorkbench({
    dataDirectory,
    modelsDirectory,
    programDirectory: root,
    environment,
    detection: [],
    version,
  });
  try {
    const models = await opened.workbench.localModels.list();
    const measured = modelsToMeasure(models, values.models?.split(','));
    const skipped: string[] = [];
    const tasks = await tasksOf(values.datasets, limit, (text) => {
      say(text);
      skipped.push(text);
    });
    const loading = await loadAll(opened.workbench, measured);
    const results: Measured[] = [];
    for (const task of tasks) results.push(await measureTask(opened.workbench, task, { models: measured, say }));
    const known = models.filter(({ kind, name }) => kind === 'known' || measured.includes(`local/${name}`));
    const text = writePage({
      date: new Date().toISOString().slice(0, 10),
      version,
      command: ['npm run local-model --', ...process.argv.slice(2)].join(' '),
      machine: describeMachine(),
      models: known.map((model) => ({ ...model, about: about[model.name] ?? '' })),
      loading,
      tasks: results,
      skipped,
    });
    if (values.write) await writeFile(page, text);
    else process.stdout.write(text);
    return 0;
  } finally {
    await opened.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function tasksOf(datasets: string | undefined, limit: number, skip: (text: string) => void): Promise<Task[]> {
  const tasks = [await sampleTask(), ...(await dataTasks(datasets, skip))];
  return tasks.map((task) => ({ ...task, cases: task.cases.slice(0, limit) }));
}

/** Those whose file is here, the standard one first. */
function modelsToMeasure(models: readonly LocalModel[], wanted: readonly string[] | undefined): string[] {
  const ready = models.filter(({ state }) => state.type === 'ready').map(({ name }) => name);
  const missing = wanted?.find((name) => !ready.includes(name));
  if (missing !== undefined)
    throw new Error(`The file of "${missing}" is not on this machine: whetstone model pull ${missing}`);
  if (ready.length === 0) throw new Error(`No model is on this machine: whetstone model pull ${standardModel}`);
  const chosen = ready.filter((name) => wanted === undefined || wanted.includes(name));
  return chosen
    .sort((a, b) => Number(b === standardModel) - Number(a === standardModel))
    .map((name) => `local/${name}`);
}

/** Loads each model by a first call, so that no run's time has that in it. */
async function loadAll({ providers }: Workbench, models: readonly string[]): Promise<Map<string, number>> {
  const local = await providers.get('local');
  const took = new Map<string, number>();
  for (const model of models) {
    const startedAt = performance.now();
    await local.complete(
      {
        model: model.replace('local/', ''),
        messages: [{ role: 'user', content: 'Hello' }],
        parameters: { maxTokens: 1 },
        responseFormat: { type: 'text' },
      },
      { signal: AbortSignal.timeout(120_000) },
    );
    took.set(model, performance.now() - startedAt);
  }
  return took;
}
