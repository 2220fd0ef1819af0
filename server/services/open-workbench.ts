import path from 'node:path';
import { readModelFacts } from '../formats/model-facts.ts';
import { readPriceTable } from '../formats/price-table.ts';
import type { LocalServer } from '../providers/detected.ts';
import type { Environment } from '../providers/environment.ts';
import { createProviderRegistry } from '../providers/index.ts';
import { createLexiconProvider } from '../providers/lexicon.ts';
import { openDatabase } from '../storage/database.ts';
import { createStores } from '../storage/stores.ts';
import { RunRunner } from './evaluate/run-runner.ts';
import type { Workbench } from './workbench.ts';

export type WorkbenchOptions = {
  /** Folder of the database. */
  dataDirectory: string;
  /** Folder of what came with the program: the tables of prices and of models. */
  programDirectory: string;
  environment: Environment;
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
  const prices = await readPriceTable(path.join(tables, 'prices.json'));
  const modelFacts = await readModelFacts(path.join(tables, 'model-facts.json'));
  const { database } = await openDatabase(dataDirectory);
  const stores = createStores(database);
  const providers = createProviderRegistry({
    environment: options.environment,
    detection: options.detection,
    addedConnections: () => stores.connections.list(),
    builtIn: [createLexiconProvider()],
  });
  const runner = new RunRunner({ stores, providers, prices, codeVersion });
  return {
    workbench: { stores, providers, prices, modelFacts, runner, codeVersion, dataDirectory },
    async close() {
      await runner.close();
      await database.destroy();
    },
  };
}
