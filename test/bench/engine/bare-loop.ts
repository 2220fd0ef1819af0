import OpenAI from 'openai';
import { apiKey, question, readTask, report, reviewOf, type Task, timed, warmUpCases } from './contender.ts';

/** The least that asks a model many questions: the `openai` package, a counter, and as many workers as calls may be under way. */
async function ask({ baseUrl, cases, concurrency }: Task, round: string): Promise<void> {
  const client = new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });
  let next = 0;
  const worker = async () => {
    while (next < cases) {
      const content = `${question}\n\n${reviewOf(round, next++)}`;
      await client.chat.completions.create({ model: 'bench', messages: [{ role: 'user', content }] });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const task = readTask();
await ask({ ...task, cases: warmUpCases }, 'first');
report(await timed(() => ask(task, 'measured')), null);
