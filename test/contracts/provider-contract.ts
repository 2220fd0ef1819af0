import { afterEach, describe, expect, test } from 'vitest';
import type { Completion, CompletionRequest } from '../../server/domain/completion.ts';
import { type Provider, ProviderError } from '../../server/providers/provider.ts';

export type ProviderSubject = {
  provider: Provider;
  /** A model that it has and that can tell `positive` from `negative`. */
  model: string;
  /** From here on answers are held back; absent where an answer takes no time that an abort could fall into. */
  stall?: () => void;
  close?: () => Promise<void>;
};

const labels = ['positive', 'negative'];
const classification = (model: string): CompletionRequest => ({
  model,
  messages: [
    { role: 'system', content: `Classify the review. Answer with one word: ${labels.join(' or ')}.` },
    { role: 'user', content: 'Wonderful food, friendly people, a lovely evening. We will come back.' },
  ],
  parameters: { temperature: 0, maxTokens: 16 },
  responseFormat: { type: 'labels', labels },
});

const neverAborted = () => new AbortController().signal;

/** What each provider does, whatever answers behind it. */
export function describeProvider(name: string, makeProvider: () => Promise<ProviderSubject>): void {
  describe(`${name} keeps the contract of a provider`, () => {
    const open: ProviderSubject[] = [];
    afterEach(async () => {
      await Promise.all(open.splice(0).map((subject) => subject.close?.()));
    });
    const start = async () => {
      const subject = await makeProvider();
      open.push(subject);
      return subject;
    };

    test('says where data goes and what it is, the same each time', async () => {
      const [first, second] = [(await start()).provider, (await start()).provider];
      expect(first.connection).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(['in_process', 'loopback', 'network']).toContain(first.destination);
      expect(first.standIn).toBeTypeOf('boolean');
      const fields = ({ connection, destination, standIn }: Provider) => ({ connection, destination, standIn });
      expect(fields(second)).toEqual(fields(first));
    });

    test('lists its models', async () => {
      const { provider, model } = await start();
      const models = await provider.models(neverAborted());
      expect(models).toContain(model);
      expect(new Set(models).size).toBe(models.length);
    });

    test('answers a classification and reports what it took', async () => {
      const { provider, model } = await start();
      const completion = await provider.complete(classification(model), { signal: neverAborted() });
      expect(labels).toContain(completion.output.trim().toLowerCase());
      expect(completion.finishReason).toBe('stop');
      expectUsage(completion);
    });

    test('pieces add up to the output, which is the same without them', async () => {
      const { provider, model } = await start();
      const pieces: string[] = [];
      const onText = (text: string) => pieces.push(text);
      const streamed = await provider.complete(classification(model), { signal: neverAborted(), onText });
      expect(pieces.join('')).toBe(streamed.output);
      expectUsage(streamed);
      const whole = await provider.complete(classification(model), { signal: neverAborted() });
      expect(streamed.output).toBe(whole.output);
    });

    test('an aborted signal rejects with its reason', async () => {
      const { provider, model } = await start();
      const reason = new Error('not wanted any more');
      const signal = AbortSignal.abort(reason);
      await expect(provider.complete(classification(model), { signal })).rejects.toBe(reason);
      await expect(provider.complete(classification(model), { signal, onText: () => {} })).rejects.toBe(reason);
      await expect(provider.models(signal)).rejects.toBe(reason);
    });

    test('an abort in the middle of a call rejects with its reason', async ({ skip }) => {
      const { provider, model, stall } = await start();
      if (stall === undefined) return skip('answers at once');
      stall();
      for (const onText of [undefined, () => {}]) {
        const controller = new AbortController();
        const reason = new Error('stopped');
        const call = provider.complete(classification(model), { signal: controller.signal, onText });
        setTimeout(() => controller.abort(reason), 50);
        await expect(call).rejects.toBe(reason);
      }
    });

    test('answers a batch as it answers calls, under the names that were given, where it has batches', async () => {
      const { provider, model } = await start();
      const { batches } = provider;
      // What answers within this process has no need of them.
      if (batches === undefined) return expect(provider.destination).toBe('in_process');
      expect(await batches.offered(neverAborted())).toBe(true);
      const request = classification(model);
      const names = ['first', 'second'];
      const lines = new Blob(names.map((name) => batches.line(name, request)));
      const leftOut = batches.leftOut(model);
      const { id } = await batches.submit('a name of ours', lines, neverAborted());
      expect(await batches.find('a name of ours', neverAborted())).toMatchObject({ id });
      const state = () => batches.status(id, neverAborted());
      await expect.poll(state, { timeout: 10_000 }).toMatchObject({ status: 'completed', completed: 2, failed: 0 });
      const completed = await state();
      if (completed === null) throw new Error('it was there a moment ago');
      const answers = new Map<string, unknown>();
      for await (const line of batches.answers(completed, neverAborted()))
        answers.set(line.id, line.read(request, leftOut));
      const completion = await provider.complete(request, { signal: neverAborted() });
      expect(answers).toEqual(new Map(names.map((name) => [name, { type: 'completion', completion }])));
      await batches.discard(completed, neverAborted());
    });

    test('a model that it does not have is not worth another try', async () => {
      const { provider } = await start();
      const call = provider.complete(classification('no-such-model'), { signal: neverAborted() });
      const error = await call.catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ failure: { code: 'model_not_found' }, retryable: false });
      expect(error).toHaveProperty('message', expect.stringContaining('no-such-model'));
    });
  });
}

function expectUsage({ usage, notes }: Completion) {
  expect(usage.inputTokens).toBeGreaterThan(0);
  expect(usage.outputTokens).toBeGreaterThan(0);
  expect(usage.cachedInputTokens).toBeGreaterThanOrEqual(0);
  expect(usage.cachedInputTokens).toBeLessThanOrEqual(usage.inputTokens);
  expect(Array.isArray(notes)).toBe(true);
}
