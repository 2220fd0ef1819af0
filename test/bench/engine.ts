import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import { createRun } from '../../server/services/evaluate/start-run.ts';
import { openWorkbench } from '../../server/services/open-workbench.ts';
import { startServerProcess } from './server-process.ts';
import { median, printTable, spread } from './table.ts';

const cases = 2000;
const concurrency = 64;
const rounds = 5;
const budget = 2.0;
const apiKey = 'sk-bench';

const promptOf = (index: number) =>
  `Is this review positive or negative? Answer with one word.\n\nThe soup of day ${index} was warm and the waiter kind.`;

/** Time a case of a whole run (rendering, calls, scoring, storing, events) against a bare loop of the `openai` package over the same calls. */
export async function benchEngine(): Promise<boolean> {
  const server = await startServerProcess();
  try {
    const bare: number[] = [];
    const whole: number[] = [];
    // The first round warms both up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const [bareMs, wholeMs] = [await timeBareLoop(server.baseUrl), await timeRun(server.baseUrl)];
      if (round === 0) continue;
      bare.push(bareMs / cases);
      whole.push(wholeMs / cases);
    }
    const ratios = whole.map((ms, round) => ms / (bare[round] ?? Number.NaN));
    console.log(
      `\nA run against a bare loop: ${cases} cases, concurrency ${concurrency}, no server delay, ${rounds} rounds`,
    );
    printTable([
      ['', 'min', 'median', 'max'],
      ['bare openai loop, ms a case', ...spread(bare)],
      ['Whetstone run, ms a case', ...spread(whole)],
      ['ratio', ...spread(ratios), `(budget ≤ ${budget.toFixed(1)})`],
    ]);
    return median(ratios) <= budget;
  } finally {
    server.stop();
  }
}

async function timeBareLoop(baseURL: string): Promise<number> {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
  let next = 0;
  const worker = async () => {
    while (next < cases) {
      const content = promptOf(next++);
      await client.chat.completions.create({ model: 'bench', messages: [{ role: 'user', content }] });
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return performance.now() - startedAt;
}

async function timeRun(baseUrl: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-bench-'));
  const { workbench, close } = await openWorkbench({
    dataDirectory: folder,
    programDirectory: path.resolve(import.meta.dirname, '../..'),
    environment: {
      get: (name) => ({ OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: apiKey })[name],
      secrets: () => [apiKey],
    },
    detection: [],
    version: 'bench',
  });
  try {
    const { stores, runner } = workbench;
    const project = await stores.projects.create('Bench');
    const prompt = await stores.prompts.create(project.id, 'Sentiment');
    const content = {
      messages: [
        { role: 'user' as const, content: 'Is this review positive or negative? Answer with one word.\n\n{{review}}' },
      ],
      parameters: {},
      responseFormat: { type: 'labels' as const, labels: ['positive', 'negative'] },
    };
    await stores.prompts.addVersion(prompt.id, { content, note: '', author: '', parent: null });
    const set = await stores.evalSets.create(project.id, { name: 'Reviews', notes: '', holdoutShare: 0 });
    const added = Array.from({ length: cases }, (_, index) => ({
      key: `case-${index}`,
      variables: { review: `The soup of day ${index} was warm and the waiter kind.` },
      expected: 'positive',
      tags: [],
      source: 'bench',
      split: 'dev' as const,
    }));
    await stores.evalSets.change(set.id, 0, { added, replaced: [], removed: [] }, { note: '', author: '' });
    const run = await createRun(workbench, project, {
      prompt: 'sentiment',
      set: 'reviews',
      model: 'openai/bench',
      concurrency,
    });
    let events = 0;
    runner.subscribe(run.id, () => {
      events += 1;
    });
    const startedAt = performance.now();
    const { status } = await (await runner.start(run.id)).finished;
    const took = performance.now() - startedAt;
    if (status !== 'completed' || events === 0) throw new Error(`the run ended ${status} with ${events} events`);
    return took;
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}
