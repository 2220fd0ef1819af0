import path from 'node:path';
import { standardModel } from '../../server/providers/local/catalogue.ts';
import { inspectModel } from '../../server/providers/local/inspect-model.ts';
import { LocalModelFiles } from '../../server/providers/local/model-files.ts';
import { benchCancel } from './local-model/cancel.ts';
import { benchMemory } from './local-model/memory.ts';
import { benchSample } from './local-model/sample.ts';
import { benchThroughput } from './local-model/throughput.ts';

const models = path.resolve(
  process.env.WHETSTONE_MODELS ?? path.join(import.meta.dirname, '..', '..', 'data', 'models'),
);

/** What is claimed of the model on this machine; passed over where its file is not here. */
export async function benchLocalModel(): Promise<boolean> {
  const file = await new LocalModelFiles({ directory: models, inspect: inspectModel }).find(standardModel);
  if (file === null) {
    const fetchIt = `Fetch it with "npm run -s whetstone -- model pull ${standardModel}".`;
    console.log(`\nThe local model is not measured: its file is not in ${models}. ${fetchIt}`);
    return true;
  }
  const withinBudgets = [
    await benchThroughput(file),
    await benchCancel(file),
    await benchMemory(file),
    await benchSample(models),
  ];
  return withinBudgets.every((within) => within);
}
