import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPrompt } from '../../server/domain/first-prompt.ts';
import { exampleCount } from '../../server/domain/prompt.ts';
import { checkPrompt } from '../../server/domain/prompt-checks/check-prompt.ts';
import { compilePrompt, templateProblems } from '../../server/domain/template.ts';

const bare = { problem: '', users: '', inputs: '', outputs: '', examples: [], mustNever: '' };
const reviews = {
  problem: 'Owners want to see at a glance whether a review is good news.',
  users: 'Restaurant owners',
  inputs: 'One review.',
  outputs: 'Exactly one word, positive or negative.',
  mustNever: 'Never apologise.',
  examples: [
    { input: 'Lovely soup', output: 'positive' },
    { input: 'Cold fries', output: 'Negative' },
    { input: 'So so', output: 'mixed' },
  ],
};
const labels = ['positive', 'negative'];

describe('firstPrompt', () => {
  it('puts what never changes first, then the examples as pairs, then the case', () => {
    const { content, unlabelled } = firstPrompt(reviews, { fields: ['review'], labels });
    expect(content.messages).toEqual([
      { role: 'system', content: expect.stringContaining('Owners want to see') },
      { role: 'user', content: 'Lovely soup' },
      { role: 'assistant', content: 'positive' },
      { role: 'user', content: 'Cold fries' },
      { role: 'assistant', content: 'negative' },
      { role: 'user', content: '{{review}}' },
    ]);
    expect(content.messages[0]?.content).toContain('exactly one of these labels and nothing else: positive, negative.');
    expect(content.messages[0]?.content).toContain('Never apologise.');
    expect(content.responseFormat).toEqual({ type: 'labels', labels });
    // "mixed" is none of the labels: as an example it would teach a wrong answer.
    expect(unlabelled).toEqual([2]);
  });

  it('speaks Chinese where the scope does', () => {
    const scope = { ...bare, problem: '评论太多，来不及看。', outputs: '正面或负面' };
    const { content } = firstPrompt(scope, { fields: ['评论'], labels: ['正面', '负面'] });
    expect(content.messages[0]?.content).toContain('只回答下列标签之一，不要写其他内容：正面、负面。');
    expect(content.messages.at(-1)?.content).toBe('{{评论}}');
  });

  it('asks for JSON with the fields of the examples where each output is an object', () => {
    const outputs = ['{"name":"Ada","age":36}', '{"name":null}'];
    const examples = outputs.map((output) => ({ input: 'A letter', output }));
    const { content } = firstPrompt({ ...bare, examples }, { fields: ['letter'], labels: [] });
    expect(content.responseFormat).toEqual({
      type: 'json',
      schema: {
        type: 'object',
        properties: { name: { type: ['string', 'null'] }, age: { type: 'number' } },
        required: ['name'],
        additionalProperties: false,
      },
    });
    expect(content.messages[0]?.content).toContain('Its fields: name, age.');
  });

  it('names several fields, and then has the examples in the instructions', () => {
    const { content } = firstPrompt(reviews, { fields: ['review', 'page no'], labels });
    expect(content.messages.at(-1)?.content).toBe('review: {{review}}\n\npage no: {{[page no]}}');
    expect(content.messages[0]?.content).toContain('Input: Cold fries\nAnswer: negative');
    expect(compilePrompt(content).variables).toEqual(['page no', 'review']);
  });

  it('is a template that can be read and gives every text as it stands, whatever is written in a scope', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[{}\\#~"a ]{0,20}$/),
      fc.constantFrom('{{x}}', '\\{{x}}', '{{{x}}}', '{{!-- x --}}', '{{#if x}}', '{{{{raw}}}}', 'a\\'),
    );
    const scope = fc.record({
      problem: text,
      users: text,
      inputs: text,
      outputs: text,
      mustNever: text,
      examples: fc.array(fc.record({ input: text, output: text }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(scope, fc.boolean(), (given, several) => {
        const { content } = firstPrompt(given, { fields: several ? ['input', 'more'] : ['input'], labels: [] });
        expect(templateProblems(content)).toEqual([]);
        const sent = compilePrompt(content).render({ input: 'the case', more: 'and more' });
        const all = sent.map((message) => message.content).join('\n');
        for (const part of [given.problem, given.users, given.inputs, given.outputs, given.mustNever])
          expect(all).toContain(part.trim());
        expect(sent.at(-1)?.content).toContain('the case');
      }),
      { numRuns: 500 },
    );
  });

  it('passes the checks of prompts with any words', () => {
    const words = fc.stringMatching(/^[a-z ,.]{0,60}$/);
    const label = fc.stringMatching(/^[a-z]{3,10}$/);
    const scope = fc.record({ problem: words, users: words, inputs: words, outputs: words, mustNever: words });
    const reserved = ['if', 'each', 'with', 'json', 'default', 'log', 'true', 'null', 'this', 'else', 'as', 'page no'];
    const name = fc.oneof(fc.stringMatching(/^[a-z]{2,8}$/), fc.constantFrom(...reserved));
    fc.assert(
      fc.property(
        scope,
        fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(label, { maxLength: 4 }),
        (given, fields, allowed) => {
          const examples = allowed.map((output, index) => ({ input: `Example ${index}`, output }));
          const { content } = firstPrompt({ ...given, examples }, { fields, labels: allowed });
          const used = compilePrompt(content).variables;
          expect(checkPrompt(content, { used, given: fields })).toEqual([]);
          const values = Object.fromEntries(fields.map((field) => [field, `<${field}>`]));
          const sent = compilePrompt(content).render(values).at(-1)?.content;
          for (const field of fields) expect(sent).toContain(`<${field}>`);
          if (fields.length === 1) expect(exampleCount(content)).toBe(examples.length);
        },
      ),
    );
  });
});
