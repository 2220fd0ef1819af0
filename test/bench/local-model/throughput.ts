import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ModelFile } from '../../../server/providers/local/model-files.ts';
import { lowerPriority } from '../../../server/providers/local/model-process.ts';
import { createLocalProvider } from '../../../server/providers/local.ts';
import { median, printTable, spread } from '../table.ts';
import { type BareReport, bareReport } from './bare-protocol.ts';
import { type BenchPrompt, devReviews, labelPrompts, textPrompts } from './prompts.ts';

const rounds = 3;
const concurrency = 8;
const cases = 60;
const texts = 20;
const budget = { ratio: 1.5, equal: 0.99 };

/** Tokens a second of our provider against a bare node-llama-cpp loop over the same prompts. */
export async function benchThroughput(file: ModelFile): Promise<boolean> {
  const reviews = (await devReviews()).slice(0, cases);
  const labels = await compare('labels', file, labelPrompts(reviews));
  await compare('free text of 48 tokens', file, textPrompts(reviews.slice(0, texts)));
  return labels.ratio >= budget.ratio && labels.equal >= budget.equal;
}

async function compare(what: string, file: ModelFile, prompts: BenchPrompt[]) {
  const bare: number[] = [];
  const ours: number[] = [];
  const equal: number[] = [];
  let about = '';
  for (let round = 0; round < rounds; round += 1) {
    const loop = await runBareLoop(file.path, prompts);
    const provider = await runProvider(file, prompts);
    // What the loop read and wrote, in both: a token that need not be read again is done as well.
    const tokens = loop.promptTokens + loop.generatedTokens;
    bare.push(tokens / (loop.ms / 1000));
    ours.push(tokens / (provider.ms / 1000));
    equal.push(loop.outputs.filter((output, index) => output === provider.outputs[index]).length / prompts.length);
    about = `${prompts.length} prompts of ${Math.round(loop.promptTokens / prompts.length)} tokens, ${loop.generatedTokens} written, threads: ${loop.threads}, no flash attention in either`;
  }
  const ratios = ours.map((rate, round) => rate / (bare[round] ?? Number.NaN));
  const isLabels = what === 'labels';
  console.log(`\nThe local model against a bare node-llama-cpp loop, ${what}: ${about}; ${rounds} rounds`);
  printTable([
    ['tokens a second (read and written by the loop ÷ wall time)', 'min', 'median', 'max'],
    ['bare loop, one sequence, nothing shared', ...spread(bare, 0)],
    ['Whetstone, 8 calls at a time', ...spread(ours, 0)],
    ['ratio', ...spread(ratios, 2), isLabels ? `(budget ≥ ${budget.ratio.toFixed(1)})` : ''],
    [
      'equal answers, %',
      ...spread(
        equal.map((share) => 100 * share),
        1,
      ),
      isLabels ? `(budget ≥ ${100 * budget.equal})` : '',
    ],
  ]);
  return { ratio: median(ratios), equal: Math.min(...equal) };
}

async function runBareLoop(modelPath: string, prompts: BenchPrompt[]): Promise<BareReport> {
  const child = fork(path.join(import.meta.dirname, 'bare-loop.ts'));
  lowerPriority(child);
  child.send({ modelPath, prompts });
  const [report] = await once(child, 'message');
  return bareReport.parse(report);
}

async function runProvider(file: ModelFile, prompts: BenchPrompt[]): Promise<{ ms: number; outputs: string[] }> {
  const provider = createLocalProvider({ list: async () => [], find: async () => file });
  const ask = async (prompt: BenchPrompt) =>
    (await provider.complete({ ...prompt, model: file.name }, { signal: new AbortController().signal })).output;
  try {
    await ask({
      messages: [{ role: 'user', content: 'Hello' }],
      parameters: { maxTokens: 4 },
      responseFormat: { type: 'text' },
    });
    const outputs: string[] = [];
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < prompts.length; index = next++) {
        const prompt = prompts[index];
        if (prompt !== undefined) outputs[index] = await ask(prompt);
      }
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: concurrency }, worker));
    return { ms: performance.now() - startedAt, outputs };
  } finally {
    provider.close();
  }
}
