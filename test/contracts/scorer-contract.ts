import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../server/domain/json.ts';
import type { PureScorer, Score, ScoredOutput } from '../../server/domain/scorer.ts';

/** What each test of a scorer starts from. */
export const scored = (output: string, expected: JsonValue, more: Partial<ScoredOutput> = {}): ScoredOutput => ({
  output,
  expected,
  variables: {},
  labels: [],
  schema: null,
  messages: [{ role: 'user', content: 'What is it?' }],
  reply: {
    finishReason: 'stop',
    usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0 },
    costUsd: 0.001,
    latencyMs: 800,
  },
  ...more,
});

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.json(),
  fc.constantFrom(
    'positive',
    'Not positive.',
    '**negative**',
    '正面',
    '```json\n{"a": 1}\n```',
    '12.5 %',
    '-1,000',
    '',
  ),
);
const outputs: fc.Arbitrary<ScoredOutput> = fc.record({
  output: texts,
  expected: fc.oneof(texts, fc.json().map(JSON.parse)),
  variables: fc.constant({}),
  labels: fc.constantFrom<string[][]>([], ['positive', 'negative'], ['spam', 'not spam', '***', '1']),
  schema: fc.constantFrom<(JsonObject | null)[]>(null, { type: 'object', required: ['a'] }, { type: 'no such type' }),
  messages: fc.constant(scored('', null).messages),
  reply: fc.constant(scored('', null).reply),
});

const million = 1_000_000;
const hostile: readonly [string, string][] = [
  ['one letter', 'a'.repeat(million)],
  ['digits', '1'.repeat(million)],
  ['thousands', '1,111'.repeat(million / 5)],
  ['brackets', '['.repeat(million)],
  ['closed brackets', '['.repeat(million / 2) + ']'.repeat(million / 2)],
  ['equal items', `[${'{"a":[]},'.repeat(million / 10)}{}]`],
  ['quotation marks', '"\\'.repeat(million / 2)],
  ['fences', '```json\n'.repeat(million / 8)],
  ['spaces', `1${' '.repeat(million)}`],
  ['a label', 'not positive '.repeat(million / 13)],
  ['Chinese', '不'.repeat(million)],
];

/** What every scorer keeps, with every argument that it is used with here. */
export function scorerContract(scorer: PureScorer, everyArgs: readonly string[]): void {
  describe(`${scorer.name} keeps what scorers promise`, () => {
    it('describes itself, and takes the argument that it shows', () => {
      expect(scorer.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(scorer.description).toMatch(/^[A-Z].*\.$/);
      if (scorer.argument) expect(() => scorer.prepare(scorer.argument?.example ?? '')).not.toThrow();
      if (scorer.argument?.needed) expect(() => scorer.prepare('')).toThrow(scorer.name);
      else expect(() => scorer.prepare('')).not.toThrow();
    });

    it.each(everyArgs)('judges whatever a model writes, with the argument "%s"', (args) => {
      const score = scorer.prepare(args);
      fc.assert(
        fc.property(outputs, (given) => {
          const first = score(given);
          expectScore(first);
          expect(score(given)).toEqual(first);
          expect(scorer.prepare(args)(given)).toEqual(first);
        }),
      );
    });

    it.each(everyArgs)('says how it uses what is expected, with the argument "%s"', (args) => {
      const score = scorer.prepare(args);
      const uses = scorer.usesExpected?.(args) ?? null;
      fc.assert(
        fc.property(outputs, (given) => {
          const without = score({ ...given, expected: null });
          if (uses === null) expect(without).toEqual(score(given));
          if (uses === 'needed') expect(without).toMatchObject({ value: null, passed: false });
        }),
        { numRuns: 30 },
      );
    });

    // In more than linear time it would not end before the test's limit.
    it.each(hostile)('reads a megabyte: %s', (_, output) => {
      const labels = ['positive', 'negative', '正面'];
      for (const args of everyArgs) {
        expectScore(scorer.prepare(args)(scored(output, '{"a":[[1]]}', { labels, schema: { uniqueItems: true } })));
      }
    });
  });
}

function expectScore(score: Score): void {
  expect(score.explanation).toMatch(/^\S.{3,500}\.$/u);
  if (score.value === null) {
    expect(score).toMatchObject({ passed: false, answer: null });
  } else {
    expect(score.value).toBeGreaterThanOrEqual(0);
    expect(score.value).toBeLessThanOrEqual(1);
    if (score.passed) expect(score.value).toBeGreaterThan(0);
  }
}
