import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { inspectModel } from '../../../server/providers/local/inspect-model.ts';
import type { ModelFile } from '../../../server/providers/local/model-files.ts';
import { createLocalProvider } from '../../../server/providers/local.ts';
import { statusBytes } from '../server-process.ts';
import { printTable } from '../table.ts';
import { devReviews, labelPrompts, textPrompts } from './prompts.ts';

const cases = 16;

/** What the process of a model takes against what is said before it is loaded. Only where the system tells (Linux). */
export async function benchMemory(file: ModelFile): Promise<boolean> {
  if (!existsSync('/proc/self/status')) {
    console.log('\nMemory is not measured: this system does not say what a process takes.');
    return true;
  }
  const { memoryBytes } = await inspectModel(file.path);
  const { loaded, peak } = await measure(file);
  const held = peak <= memoryBytes;
  console.log('\nMemory of the process that holds the model, MB');
  printTable([
    ['stated before', 'after loading', 'at most', 'stated ÷ most'],
    [
      ...[memoryBytes, loaded, peak].map((bytes) => (bytes / 1e6).toFixed(0)),
      `${(memoryBytes / peak).toFixed(2)} (budget ≥ 1)`,
    ],
  ]);
  return held;
}

async function measure(file: ModelFile): Promise<{ loaded: number; peak: number }> {
  const provider = createLocalProvider({ list: async () => [], find: async () => file });
  const reviews = (await devReviews()).slice(0, cases);
  const before = await children();
  const ask = (prompt: ReturnType<typeof labelPrompts>[number]) =>
    provider.complete({ ...prompt, model: file.name }, { signal: new AbortController().signal });
  try {
    await ask({
      messages: [{ role: 'user', content: 'Hello' }],
      parameters: { maxTokens: 1 },
      responseFormat: { type: 'text' },
    });
    const [pid] = (await children()).filter((one) => !before.includes(one));
    if (pid === undefined) throw new Error('the model has no process');
    const loaded = await statusBytes(pid, 'VmRSS');
    await Promise.all([...labelPrompts(reviews), ...textPrompts(reviews)].map(ask));
    return { loaded, peak: await statusBytes(pid, 'VmHWM') };
  } finally {
    provider.close();
  }
}

const children = async (): Promise<string[]> =>
  (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).split(' ').filter((pid) => pid !== '');
