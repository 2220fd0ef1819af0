import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../../../server/domain/project.ts';
import { collectEarly } from '../../../server/services/collect-early.ts';
import { createRun } from '../../../server/services/evaluate/start-run.ts';
import { openWorkbench } from '../../../server/services/open-workbench.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { apiKey, question, readTask, report, reviewOf, type Task, timed, warmUpCases } from './contender.ts';

/** Cases that are made and stored at once. */
const chunk = 10_000;

/** Cases as an import stores them, without all of them in memory. */
async function addSet({ stores }: Workbench, project: Project, name: string, cases: number): Promise<void> {
  const set = await stores.evalSets.create(project.id, { name, notes: '', holdoutShare: 0 });
  for (let from = 0, number = 0; from < cases; from += chunk, number += 1) {
    const added = Array.from({ length: Math.min(chunk, cases - from) }, (_, index) => ({
      key: `case-${from + index}`,
      variables: { review: reviewOf(name, from + index) },
      expected: 'positive',
      tags: [],
      source: 'bench',
      split: 'dev' as const,
    }));
    await stores.evalSets.change(set.id, number, { added, replaced: [], removed: [] }, { note: '', author: '' });
  }
}

/** A whole run, as the pages and the command line start it: rendering, calls, scoring, storing, events. */
async function evaluate(
  workbench: Workbench,
  project: Project,
  set: string,
  concurrency: number,
): ReturnType<typeof timed> {
  const { runner, stores } = workbench;
  const request = { prompt: 'sentiment', set, model: 'openai/bench', concurrency };
  const run = await createRun(workbench, project, request);
  let events = 0;
  runner.subscribe(run.id, () => {
    events += 1;
  });
  const times = await timed(async () => (await runner.start(run.id)).finished);
  const { status, statusReason } = await stores.runs.get(run.id);
  const { errors, done, total } = await stores.runs.summary(run.id);
  if (status !== 'completed' || events === 0 || errors > 0 || done !== total)
    throw new Error(`the run ended ${status} (${statusReason}) with ${events} events, ${errors} errors, ${done} done`);
  return times;
}

async function measure({ baseUrl, cases, concurrency, folder }: Task & { folder: string }): Promise<void> {
  const { workbench, close } = await openWorkbench({
    dataDirectory: folder,
    programDirectory: path.resolve(import.meta.dirname, '../../..'),
    environment: {
      get: (name) => ({ OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: apiKey })[name],
      secrets: () => [apiKey],
    },
    detection: [],
    version: 'bench',
  });
  const { stores } = workbench;
  const project = await stores.projects.create('Bench');
  const prompt = await stores.prompts.create(project.id, 'Sentiment');
  const content = {
    messages: [{ role: 'user' as const, content: `${question}\n\n{{review}}` }],
    parameters: {},
    responseFormat: { type: 'labels' as const, labels: ['positive', 'negative'] },
  };
  await stores.prompts.addVersion(prompt.id, { content, note: '', author: '', parent: null });
  await addSet(workbench, project, 'first', warmUpCases);
  await addSet(workbench, project, 'measured', cases);
  await evaluate(workbench, project, 'first', concurrency);
  const times = await evaluate(workbench, project, 'measured', concurrency);
  await close();
  report(times, (await stat(path.join(folder, 'whetstone.db'))).size);
}

// As server/main.ts does.
collectEarly();
await measure(readTask());
