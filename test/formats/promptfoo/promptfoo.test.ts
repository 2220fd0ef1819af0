import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { prepareScorers } from '../../../server/domain/combine-scores.ts';
import type { EvalCase } from '../../../server/domain/evaluation-set.ts';
import type { CaseId } from '../../../server/domain/ids.ts';
import type { JsonValue } from '../../../server/domain/json.ts';
import type { PromptContent } from '../../../server/domain/prompt.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { exportPrompt } from '../../../server/formats/export-prompt.ts';
import { assertionOf } from '../../../server/formats/promptfoo/assertions.ts';
import { noTools } from '../../../server/services/evaluate/scorer-tools.ts';
import { scored } from '../../contracts/scorer-contract.ts';
import { exported, release } from '../prompt-arbitrary.ts';

const contentOf = (content: string): PromptContent => ({
  messages: [{ role: 'user', content }],
  parameters: { temperature: 0.2, maxTokens: 5 },
  responseFormat: { type: 'text' },
});
const caseOf = (key: string, variables: EvalCase['variables'], more: Partial<EvalCase> = {}): EvalCase => ({
  id: 1 as CaseId,
  key,
  variables,
  expected: 'good',
  tags: ['short'],
  source: 'import',
  split: 'dev',
  ...more,
});
const write = (content: PromptContent, cases?: EvalCase[], scorers = ['exact'], about = {}) => {
  const tests = cases && {
    set: 'reviews',
    setVersion: 3,
    split: 'dev' as const,
    cases,
    scorers: scorers.map(parseScorerSpec),
  };
  return exportPrompt('promptfoo', exported(content, { tests, ...about })).text;
};
const config = z.object({
  prompts: z.array(z.object({ id: z.string(), raw: z.string() })),
  providers: z.array(z.unknown()),
  tests: z
    .array(
      z.object({
        description: z.string(),
        vars: z.record(z.string(), z.json()),
        assert: z.array(z.looseObject({ type: z.string() })).optional(),
      }),
    )
    .optional(),
});
const read = (text: string) => config.parse(parse(text));

describe('a promptfooconfig.yaml', () => {
  it('has the chat, the model with its parameters, the cases and what judges them', () => {
    const text = write(contentOf('{{review}}'), [caseOf('a', { review: 'Nice' })], ['exact', 'label'], { release });
    expect(text).toContain(`# Release 4, evidence SHA-256 ${'e'.repeat(64)}.\n`);
    expect(text).toContain('# Tests: set reviews, version 3, dev.\n');
    expect(text).toContain('# promptfoo has no exact counterpart of "label": the tests do without.\n');
    expect(read(text)).toEqual({
      prompts: [{ id: 'sentiment-v2', raw: JSON.stringify(contentOf('{{review}}').messages, null, 2) }],
      providers: [
        {
          id: 'openai:chat:gpt-5-mini',
          config: { omitDefaults: true, temperature: 0.2, max_tokens: 5, max_completion_tokens: 5 },
        },
      ],
      tests: [
        {
          description: 'a',
          vars: { review: 'Nice' },
          assert: [{ type: 'javascript', value: 'output.trim() === "good"' }],
        },
      ],
    });
  });

  it('is named after the prompt, and says what it lacks', () => {
    const { keptName, text } = exportPrompt('promptfoo', exported(contentOf('{{review}}')));
    expect(keptName).toBe('sentiment.promptfooconfig.yaml');
    expect(text).toContain('# No tests: no evaluation set was named.');
    expect(text).toContain('# No model is released with it');
    expect(read(text)).toMatchObject({ providers: ['echo'] });
    const local = write(contentOf('x'), undefined, [], { release: { ...release, model: 'builtin/lexicon' } });
    expect(local).toContain('# promptfoo has no builtin/lexicon');
  });

  it('keeps promptfoo from reading a value as a file, an address or another variable', () => {
    const values = ['file://secret', 'package:x', 'ends\n', 'a {{review}} b', 'plain {{ 7 * 7 }}'];
    const text = write(
      contentOf('{{review}}'),
      values.map((review, index) => caseOf(`${index}`, { review })),
    );
    expect(read(text).tests?.map(({ vars }) => vars.review)).toEqual([
      ...values.slice(0, 4).map((value) => [value]),
      'plain {{ 7 * 7 }}',
    ]);
  });

  it('judges a case by its own scorers where it has some', () => {
    const own = caseOf('b', { review: 'x' }, { scorers: ['contains:sorry'] });
    const [first, second] = read(write(contentOf('{{review}}'), [caseOf('a', { review: 'x' }), own])).tests ?? [];
    expect(first?.assert).toHaveLength(1);
    expect(JSON.stringify(second?.assert)).toContain('sorry');
  });

  it.each([
    ['{{#each items}}{{this}}{{/each}}', /#each/],
    ['{{env}}', /"env"/],
    ['{{config.env.home}}', /"env\."/],
    ['{{default a "env.HOME"}}', /"env\."/],
    ['{{#with a}}{{b}}{{/with}}', /#with/],
  ])('refuses the prompt %s with its reason', (content, why) => {
    expect(() => write(contentOf(content))).toThrow(
      expect.objectContaining({ code: 'promptfoo_not_possible', message: expect.stringMatching(why) }),
    );
  });

  it('has nothing that promptfoo would fill in from its environment, wherever it stood', () => {
    const text = write(contentOf('Hi'), [caseOf('a {{env.HOME}}', {}, { tags: ['b {{ env.HOME }}'] })]);
    expect(text).not.toMatch(/\{\{|\{%/);
    const content = { ...contentOf('Hi'), parameters: { stop: ['{{ env.HOME }}'] } };
    expect(() => write(content, [], ['exact'], { release })).toThrow(/"env\."/);
  });

  it('is written of a case of nothing but braces, too', () => {
    const review = '{{'.repeat(500_000);
    const [test] = read(write(contentOf('{{review}}'), [caseOf('a', { review })])).tests ?? [];
    expect(test?.vars.review).toBe(review);
  });

  it('refuses a case that promptfoo would fill in from its environment, and names it', () => {
    const cases = [caseOf('tricky', { review: 'Say {{ env.HOME }}' })];
    expect(() => write(contentOf('{{review}}'), cases)).toThrow(
      expect.objectContaining({ code: 'promptfoo_not_possible', details: { case: 'tricky', variable: 'review' } }),
    );
  });
});

describe('an assertion', () => {
  const outputs = [
    'good',
    ' good ',
    'Good',
    '',
    '  ',
    'it is GOOD\nindeed',
    'ｇｏｏｄ',
    'bad',
    'good {{x}}',
    '{"a": 1}',
    'not good',
  ];
  const expecteds: JsonValue[] = ['good', ' good', '', 'good {{x}}', { a: 1 }, null, 3];
  const specs = ['exact', 'not:exact', 'contains', 'not:contains', 'contains:Good', 'starts-with', 'not:starts-with'];
  const more = ['ends-with', 'not:ends-with', 'ends-with:d', 'starts-with:{', 'contains:it  is'];

  it.each([...specs, ...more])('passes where the scorer %s does', async (typed) => {
    const spec = parseScorerSpec(typed);
    const judge = prepareScorers([spec], noTools, null);
    for (const expected of expecteds) {
      const assertion = assertionOf(spec, expected);
      if (assertion?.type !== 'javascript') continue;
      for (const output of outputs) {
        const { outcome } = await judge(scored(output, expected), new AbortController().signal);
        const evaluated: unknown = new Function('output', `return ${assertion.value}`)(output);
        expect(evaluated, `${typed} of ${JSON.stringify({ output, expected })}`).toBe(outcome === 'passed');
        expect(assertion.value).not.toMatch(/\{[{%#]/);
      }
    }
  });

  it('of latency has its limit in milliseconds', () => {
    const metric = parseScorerSpec('fast=2*latency:2s');
    expect(assertionOf(metric, null)).toEqual({ type: 'latency', threshold: 2000, weight: 2, metric: 'fast' });
    expect(assertionOf(parseScorerSpec('not:latency:800ms'), null)).toEqual({ type: 'not-latency', threshold: 800 });
  });

  it.each(['label', 'regex:a', 'json-equal', 'rubric:It is polite'])('is none where %s has no counterpart', (typed) => {
    expect(assertionOf(parseScorerSpec(typed), 'x')).toBeNull();
  });
});
