import path from 'node:path';
import { readJudgePrompts } from '../formats/judge-prompts.ts';
import { readModelFacts } from '../formats/model-facts.ts';
import { readPriceTable } from '../formats/price-table.ts';
import type { LocalServer } from '../providers/detected.ts';
import type { Environment } from '../providers/environment.ts';
import { createProviderRegistry } from '../providers/index.ts';
import { createLexiconProvider } from '../providers/lexicon.ts';
import { inspectModel } from '../providers/local/inspect-model.ts';
import { LocalModelFiles } from '../providers/local/model-files.ts';
import { createLocalProvider } from '../providers/local.ts';
import { openDatabase } from '../storage/database.ts';
import { createStores } from '../storage/stores.ts';
import { RunRunner } from './evaluate/run-runner.ts';
import { ScoringRunner } from './evaluate/scoring-runner.ts';
import { ScriptSandbox } from './evaluate/script-sandbox.ts';
import { ModelDownloads } from './models/model-downloads.ts';
import { pricesOver } from './models/prices.ts';
import { StoredRedactions } from './monitor/stored-redactions.ts';
import { CaseDrafter } from './scope/case-drafter.ts';
import type { Workbench } from './workbench.ts';

export type WorkbenchOptions = {
  /** Folder of the database. */
  dataDirectory: string;
  /** Folder of what came with the program: the tables of prices and of models. */
  programDirectory: string;
  environment: Environment;
  /** Folder of the models that run on this machine; `models` in that of the database unless said. */
  modelsDirectory?: string;
  /** Folder of the person's own scorers, `NAME.js`; `evals/scorers` of the program unless said. */
  scorersDirectory?: string;
  /** Folder of prompt files, looked at where it is given. */
  promptsDirectory?: string;
  /** Where to look for servers on this machine; their usual ports unless said. */
  detection?: readonly LocalServer[];
  version: string;
};

/** Opens everything that the use cases work with; `close` leaves runs of this process as interrupted. */
export async function openWorkbench(
  options: WorkbenchOptions,
): Promise<{ workbench: Workbench; close(): Promise<void> }> {
  const { dataDirectory, version: codeVersion } = options;
  const tables = path.join(options.programDirectory, 'data');
  const shippedPrices = await readPriceTable(path.join(tables, 'prices.json'));
  const modelFacts = await readModelFacts(path.join(tables, 'model-facts.json'));
  const { database } = await openDatabase(dataDirectory);
  const stores = createStores(database);
  const prices = pricesOver(shippedPrices, stores);
  const localModels = new LocalModelFiles({
    directory: options.modelsDirectory ?? path.join(dataDirectory, 'models'),
    inspect: inspectModel,
    huggingFace: options.environment.get('HF_ENDPOINT'),
  });
  const modelDownloads = new ModelDownloads(localModels);
  const local = createLocalProvider(localModels);
  const providers = createProviderRegistry({
    environment: options.environment,
    detection: options.detection,
    addedConnections: () => stores.connections.list(),
    limits: () => stores.connections.limits(),
    builtIn: [local, createLexiconProvider()],
  });
  const promptFolders = ['judges', 'drafting'].map((folder) => path.join(options.programDirectory, 'prompts', folder));
  const judgePrompts = (await Promise.all(promptFolders.map(readJudgePrompts))).flat();
  const scripts = new ScriptSandbox();
  const scorersDirectory = options.scorersDirectory ?? path.join(options.programDirectory, 'evals', 'scorers');
  const dependencies = { stores, providers, prices, judgePrompts, scripts, codeVersion };
  const runner = new RunRunner(dependencies);
  const scoringRunner = new ScoringRunner({ ...dependencies, scorersDirectory });
  const caseDrafter = new CaseDrafter(stores.caseDrafts);
  const storedRedactions = new StoredRedactions(dataDirectory);
  return {
    workbench: {
      stores,
      environment: options.environment,
      providers,
      prices,
      modelFacts,
      localModels,
      modelDownloads,
      judgePrompts,
      scorersDirectory,
      scripts,
      runner,
      scoringRunner,
      caseDrafter,
      storedRedactions,
      codeVersion,
      dataDirectory,
      promptsDirectory: options.promptsDirectory ?? null,
    },
    async close() {
      await Promise.all([
        runner.close(),
        scoringRunner.close(),
        caseDrafter.close(),
        modelDownloads.close(),
        storedRedactions.close(),
      ]);
      local.close();
      scripts.close();
      await database.destroy();
    },
  };
}
