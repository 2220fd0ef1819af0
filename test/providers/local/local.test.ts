import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import type { Completion, CompletionRequest } from '../../../server/domain/completion.ts';
import type { JsonObject } from '../../../server/domain/json.ts';
import { createLocalProvider } from '../../../server/providers/local.ts';
import { ProviderError } from '../../../server/providers/provider.ts';
import { describeProvider } from '../../contracts/provider-contract.ts';
import { describeWithModel } from '../../fixtures/local-model.ts';

const model = 'test-model';
const facts = { weights: 'open' as const, licence: null, parameters: null, contextTokens: null };
const neverAborted = () => new AbortController().signal;

const providerOf = (path: string) =>
  createLocalProvider({
    list: async () => [
      {
        name: model,
        title: model,
        kind: 'file',
        licence: null,
        terms: null,
        parameters: null,
        contextTokens: null,
        fileBytes: 0,
        memoryBytes: 0,
        state: { type: 'ready', path, sha256: 'a'.repeat(64) },
      },
    ],
    find: async (name) => (name === model ? { name, path, sha256: 'a'.repeat(64), facts } : null),
  });
type LocalProvider = ReturnType<typeof providerOf>;

const asks =
  (provider: LocalProvider) =>
  (content: string, more: Partial<CompletionRequest> = {}, signal = neverAborted()) =>
    provider.complete(
      {
        model,
        messages: [{ role: 'user', content }],
        parameters: { temperature: 0, maxTokens: 24 },
        responseFormat: { type: 'text' },
        ...more,
      },
      { signal },
    );

const labels = ['positive', 'negative'];
const sentiment = (review: string): Pick<CompletionRequest, 'messages' | 'responseFormat'> => ({
  messages: [
    {
      role: 'system',
      content: 'You classify reviews of restaurants by what the guest thinks of the visit on the whole.',
    },
    { role: 'user', content: review },
    { role: 'assistant', content: 'The sentiment of the review is' },
  ],
  responseFormat: { type: 'labels', labels },
});
const endless = 'Write a very long story about a ship, and do not stop.';

describeWithModel('local', (path) => {
  describeProvider('local', async () => {
    const provider = providerOf(path);
    const ask = asks(provider);
    return {
      provider,
      model,
      // Takes every sequence, so that what comes after waits.
      stall() {
        for (let taken = 0; taken < 8; taken += 1) {
          ask(`${endless} ${taken}`, { parameters: { maxTokens: 1500 } }).catch((error: unknown) => {
            expect(error).toBeInstanceOf(ProviderError);
          });
        }
      },
      close: async () => provider.close(),
    };
  });

  describe('local/…', () => {
    const provider = providerOf(path);
    const ask = asks(provider);
    afterAll(() => provider.close());

    it('holds an answer to the labels and says how sure it is of the one it gave', async () => {
      const good = await ask('', sentiment('Wonderful food, friendly people, a lovely evening. We will come back.'));
      const bad = await ask('', sentiment('Awful food, rude people, and we were ill all night. Never again.'));
      expect(good.output).toBe('positive');
      expect(labels).toContain(bad.output);
      expect(good.confidence).toBeGreaterThan(0.5);
      expect(good.confidence).toBeLessThanOrEqual(1);
      const positive = ({ output, confidence }: Completion) =>
        output === 'positive' ? (confidence ?? 0) : 1 - (confidence ?? 0);
      expect(positive(bad)).toBeLessThan(positive(good));
      expect((await ask('Hello')).confidence).toBeNull();
    });

    it('goes on from a last message of the assistant and does not repeat it', async () => {
      const counting = await ask('', {
        messages: [
          { role: 'user', content: 'Count from 1 to 9.' },
          { role: 'assistant', content: '1, 2, 3, 4,' },
        ],
      });
      expect(counting.output).toMatch(/^5, 6/);
    });

    it('tells labels apart of which one begins with the other, and those in Chinese', async () => {
      const sure = ['sure', 'sure not'];
      const answer = await ask('Are you sure?', { responseFormat: { type: 'labels', labels: sure } });
      expect(sure).toContain(answer.output);
      const chinese = ['正面', '负面'];
      expect(chinese).toContain(
        (await ask('味道很好', { responseFormat: { type: 'labels', labels: chinese } })).output,
      );
    });

    it('writes JSON that keeps the schema, whatever the temperature draws', async () => {
      const ajv = new Ajv();
      for (const schema of schemas) {
        let whole = 0;
        for (const seed of [1, 2, 3]) {
          const answer = await ask('Make up a booking.', {
            parameters: { temperature: 1.2, seed, maxTokens: 200 },
            responseFormat: { type: 'json', schema },
          });
          if (answer.finishReason === 'length') continue;
          whole += 1;
          const valid = ajv.validate(schema, JSON.parse(answer.output));
          expect(valid, `${answer.output} against ${JSON.stringify(schema)}`).toBe(true);
        }
        expect(whole).toBeGreaterThan(0);
      }
    });

    it('says which keywords of a schema it does not hold an answer to', async () => {
      const schema = {
        type: 'object',
        properties: { code: { type: 'string', pattern: '^[A-Z]$' } },
        required: ['code'],
      };
      const { notes } = await ask('A code, please.', { responseFormat: { type: 'json', schema } });
      expect(notes).toEqual([expect.stringContaining('pattern')]);
    });

    it('stops at a stop sequence, and at the most tokens', async () => {
      const counting = { role: 'assistant' as const, content: '1, 2, 3,' };
      const messages = [{ role: 'user' as const, content: 'Count to twenty.' }, counting];
      const stopped = await ask('', { messages, parameters: { temperature: 0, stop: ['6'], maxTokens: 40 } });
      expect(stopped).toMatchObject({ output: '4, 5, ', finishReason: 'stop' });
      const cut = await ask('', { messages, parameters: { temperature: 0, maxTokens: 3 } });
      expect(cut).toMatchObject({ finishReason: 'length', usage: { outputTokens: 3 } });
    });

    it('draws the same with the same seed, and not with another', async () => {
      const draw = async (seed: number) =>
        (await ask('Tell me something.', { parameters: { temperature: 1, seed, maxTokens: 24 } })).output;
      // A prompt that is known already is read in another way than one that is new, and the last digits differ.
      await draw(7);
      const again = await draw(7);
      expect(await draw(7)).toBe(again);
      expect(await draw(8)).not.toBe(again);
    });

    it('reads a beginning that it knows only once', async () => {
      const first = await ask('', sentiment('The soup was cold.'));
      const second = await ask('', sentiment('The soup was warm.'));
      expect(second.usage.cachedInputTokens).toBeGreaterThan(20);
      expect(second.usage.inputTokens).toBeGreaterThan(second.usage.cachedInputTokens);
      expect(first.usage.inputTokens).toBeGreaterThan(20);
    });

    it('takes what a message holds for text, never for a mark of the template', async () => {
      const plain = await ask('x', { parameters: { maxTokens: 1 } });
      const marks = await ask('<|im_end|>', { parameters: { maxTokens: 1 } });
      // As a mark it would be one token, as x is.
      expect(marks.usage.inputTokens - plain.usage.inputTokens).toBeGreaterThan(3);
    });

    it('answers side by side as it does one by one', async () => {
      const requests = Array.from({ length: 24 }, (_, index) =>
        sentiment(
          `${index % 2 === 0 ? 'I loved' : 'I hated'} the ${['soup', 'fish', 'wine', 'room'][index % 4]} at table ${index}.`,
        ),
      );
      const together = await Promise.all(requests.map((request) => ask('', request)));
      const alone: Completion[] = [];
      for (const request of requests) alone.push(await ask('', request));
      expect(together.map(({ output }) => output)).toEqual(alone.map(({ output }) => output));
      together.forEach(({ confidence }, index) => {
        expect(Math.abs((confidence ?? 0) - (alone[index]?.confidence ?? 0))).toBeLessThan(0.05);
      });
    });

    it('refuses a prompt that is too long before it is read', async () => {
      const call = ask('word '.repeat(9000));
      await expect(call).rejects.toMatchObject({ failure: { code: 'too_long' }, retryable: false });
      await expect(call).rejects.toThrow(/9\d{3} tokens.*8192/);
    });

    it('gives a place back when a call is cancelled', async () => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const calls = Array.from({ length: 12 }, (_, index) =>
        ask(`${endless} ${index}`, { parameters: { maxTokens: 1500 } }, controller.signal),
      );
      setTimeout(() => controller.abort(reason), 300);
      const ends = await Promise.allSettled(calls);
      expect(ends.map((end) => end.status === 'rejected' && end.reason)).toEqual(calls.map(() => reason));
      expect((await ask('Say hello.')).output).not.toBe('');
    });

    it('fails the calls of a process that ended, and starts another for the next', async () => {
      const calls = [1, 2, 3].map((index) => ask(`${endless} ${index}`, { parameters: { maxTokens: 1500 } }));
      setTimeout(() => provider.close(), 300);
      for (const end of await Promise.allSettled(calls)) {
        expect(end).toMatchObject({
          status: 'rejected',
          reason: { failure: { code: 'server_error' }, retryable: true },
        });
      }
      expect((await ask('Say hello.')).output).not.toBe('');
    });

    it('gives texts of like meaning like vectors of length 1', async () => {
      const texts = ['I love this pizza.', 'This pizza is great, I love it.', 'Interest rates rose on Monday.'];
      const embedded = await provider.embed?.(model, texts, { signal: neverAborted() });
      const [pizza = [], alike = [], other = []] = embedded?.vectors ?? [];
      const dot = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
      expect(dot(pizza, pizza)).toBeCloseTo(1, 5);
      expect(dot(pizza, alike)).toBeGreaterThan(dot(pizza, other));
    });
  });
});

const schemas: JsonObject[] = [
  {
    type: 'object',
    properties: {
      people: { type: 'integer' },
      day: { enum: ['Monday', 'Tuesday'] },
      name: { type: 'string', maxLength: 12 },
      outside: { type: 'boolean' },
    },
    required: ['people', 'day'],
    additionalProperties: false,
  },
  {
    type: 'object',
    properties: {
      guests: {
        type: 'array',
        items: { type: 'object', properties: { age: { type: ['integer', 'null'] } }, required: ['age'] },
        minItems: 1,
        maxItems: 3,
      },
      total: { anyOf: [{ type: 'number' }, { const: 'unknown' }] },
    },
    required: ['guests', 'total'],
  },
  {
    $defs: { place: { type: 'object', properties: { city: { type: 'string', maxLength: 10 } }, required: ['city'] } },
    type: 'object',
    properties: { from: { $ref: '#/$defs/place' }, to: { $ref: '#/$defs/place' } },
    required: ['from'],
  },
];
