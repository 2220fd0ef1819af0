import type { ModelFile } from '../../../server/providers/local/model-files.ts';
import { createLocalProvider } from '../../../server/providers/local.ts';
import { median, printTable, spread } from '../table.ts';

const rounds = 5;
const sideBySide = 8;
const budgetMs = 200;

const story = 'Write a very long story about a ship, and do not stop.';
const toRead = `${'The ship sailed on, and the sea was calm. '.repeat(120)}\nWhat happened then?`;

type Ask = (content: string, maxTokens: number, signal?: AbortSignal, onText?: () => void) => Promise<unknown>;

/** Time from cancelling eight long calls to when the model is free for the next one: that one's time less what it takes with nothing else to do. */
export async function benchCancel(file: ModelFile): Promise<boolean> {
  const provider = createLocalProvider({ list: async () => [], find: async () => file });
  const ask: Ask = (content, maxTokens, signal = new AbortController().signal, onText) =>
    provider.complete(
      {
        model: file.name,
        messages: [{ role: 'user', content }],
        parameters: { maxTokens },
        responseFormat: { type: 'text' },
      },
      { signal, onText },
    );
  try {
    await ask('Hello', 4);
    const writing: number[] = [];
    const reading: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await ask(`Say hello ${round}.`, 1);
      // Its prompt is known by now, as it is not after the cancelled calls: what it has to read again counts against us.
      const alone = await timeOf(() => ask(`Say hello ${round}.`, 1));
      writing.push((await afterWriting(ask, round)) - alone);
      reading.push((await afterReading(ask, round)) - alone);
    }
    console.log(
      `\nFrom cancelling ${sideBySide} long calls until the next one is served, ms more than it takes alone; ${rounds} rounds`,
    );
    printTable([
      ['cancelled while they', 'min', 'median', 'max'],
      ['write their answers', ...spread(writing, 0), `(budget ≤ ${budgetMs})`],
      ['read their prompts', ...spread(reading, 0), `(budget ≤ ${budgetMs})`],
    ]);
    return median(writing) <= budgetMs && median(reading) <= budgetMs;
  } finally {
    provider.close();
  }
}

async function afterWriting(ask: Ask, round: number): Promise<number> {
  const controller = new AbortController();
  const begun = Array.from(
    { length: sideBySide },
    (_, index) =>
      new Promise<void>((resolve) => ignoreAbort(ask(`${story} ${round} ${index}`, 1500, controller.signal, resolve))),
  );
  await Promise.all(begun);
  return timeToNext(ask, controller, round);
}

async function afterReading(ask: Ask, round: number): Promise<number> {
  const controller = new AbortController();
  for (let index = 0; index < sideBySide; index += 1)
    ignoreAbort(ask(`${round} ${index} ${toRead}`, 8, controller.signal));
  await new Promise((resolve) => setTimeout(resolve, 500 + 70 * round));
  return timeToNext(ask, controller, round);
}

function timeToNext(ask: Ask, controller: AbortController, round: number): Promise<number> {
  controller.abort(cancelled);
  return timeOf(() => ask(`Say hello ${round}.`, 1));
}

const cancelled = new Error('cancelled by the bench');

function ignoreAbort(call: Promise<unknown>): void {
  call.then(
    () => fail('a call ended before it was cancelled'),
    (error: unknown) => {
      if (error !== cancelled) fail(String(error));
    },
  );
}

function fail(reason: string): never {
  throw new Error(reason);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
