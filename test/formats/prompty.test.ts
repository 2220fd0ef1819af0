import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PromptContent, promptContentHash } from '../../server/domain/prompt.ts';
import { writePrompty } from '../../server/formats/prompty.ts';
import { readPromptFile } from '../../server/formats/read-prompt-file.ts';
import { exported, promptContent, release } from './prompt-arbitrary.ts';

const read = (text: string) => readPromptFile('a.prompty', text);
const oneMessage = (content: string): PromptContent => ({
  messages: [{ role: 'user', content }],
  parameters: {},
  responseFormat: { type: 'text' },
});

describe('.prompty', () => {
  it('reads a file of the present specification', () => {
    const file = read(`---
name: reviews
description: Labels a review
metadata:
  authors: [Ada]
model:
  id: gpt-5-mini
  provider: openai
  apiType: chat
  options:
    temperature: 0
    topP: 0.9
    maxOutputTokens: 5
    seed: 1
    stopSequences: ["\\n"]
    topK: 3
inputs:
  review:
    kind: string
    default: Good
---
system:
Answer positive or negative.

# user:
{{review}}
{{ customer.name }}

assistant[nonce=abc]:
`);
    expect(file).toEqual({
      content: {
        messages: [
          { role: 'system', content: 'Answer positive or negative.' },
          { role: 'user', content: '{{review}}\n{{ customer.name }}' },
          { role: 'assistant', content: '' },
        ],
        parameters: { temperature: 0, topP: 0.9, maxTokens: 5, seed: 1, stop: ['\n'] },
        responseFormat: { type: 'text' },
      },
      note: 'Labels a review',
      leftOut: ['metadata.authors', 'model.id', 'model.provider', 'model.options.topK'],
    });
  });

  it('reads a file of version 1', () => {
    const file = read(`---
model:
  api: chat
  configuration:
    type: azure_openai
  parameters:
    max_tokens: 128
    temperature: 0.2
    stop: END
    response_format: { type: json_object }
sample:
  firstName: Jane
---
system:
Hello {{firstName}}`);
    expect(file.content).toEqual({
      messages: [{ role: 'system', content: 'Hello {{firstName}}' }],
      parameters: { maxTokens: 128, temperature: 0.2, stop: ['END'] },
      responseFormat: { type: 'json', schema: { type: 'object' } },
    });
    expect(file.leftOut).toEqual(['sample', 'model.configuration']);
  });

  it('takes text before any marker for the system message, and a file without front matter', () => {
    expect(read('Be brief.\r\n\r\nuser:\r\n{{q}}').content.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: '{{q}}' },
    ]);
  });

  // Vectors of the specification, spec/vectors/parse/parse_vectors.json.
  it.each([
    ['system:\n  \n  You are helpful.  \n  \n\nuser:\n  Hello  ', ['  \n  You are helpful.  \n  ', '  Hello  ']],
    ['system:\nThe user: said hello\n\nuser:\nHi', ['The user: said hello', 'Hi']],
    ['system:\n\nuser:\nHello', ['', 'Hello']],
    ['system:\nHelper\n\n\n\nuser:\nHi', ['Helper', 'Hi']],
  ])('parses messages as the specification says: %j', (text, contents) => {
    expect(read(text).content.messages.map(({ content }) => content)).toEqual(contents);
  });

  it.each([
    ['{% if x %}a{% endif %}', '{% if x %}'],
    ['{{ name | upper }}', '{{ name | upper }}'],
    ['{# note #}', '{# note #}'],
    ['{{ "text" }}', '{{ "text" }}'],
    ['{{#if x}}', '{{#if x}}'],
    ['\\{{x}}', '{{x}}'],
    ['{{this}}', '{{this}}'],
    ['{{- x }}', '{{- x }}'],
  ])('refuses the Jinja that it can not take over, with its line: %s', (jinja, shown) => {
    expect(() => read(`---\nname: x\n---\n\nsystem:\n\nfirst\nsecond ${jinja}\n`)).toThrow(
      expect.objectContaining({
        code: 'prompt_file_invalid',
        message: expect.stringContaining(shown),
        details: { problems: [expect.objectContaining({ line: 8 })] },
      }),
    );
  });

  it.each([
    ['front matter that is not closed', '\n---\nname: x\nsystem:\nhi', 2, /never closed/],
    ['front matter that is not YAML', '---\nname: "x\n---\nsystem:\nhi', 2, /not YAML/],
    [
      'a parameter of a wrong kind',
      '---\nmodel:\n  options:\n    temperature: hot\n---\nsystem:\nhi',
      4,
      /temperature/,
    ],
    ['a model that is no chat', '---\nmodel:\n  apiType: embedding\n---\nhi', 3, /apiType/],
    ['another template language', '---\nname: x\ntemplate: mustache\n---\nhi', 3, /jinja2/],
    ['an input that is a conversation', '---\ninputs:\n  chat: {kind: thread}\n---\nhi', 3, /conversation/],
    ['no message', '---\nname: x\n---\n\n', 4, /no message/],
  ])('names the line of %s', (_, text, line, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'prompt_file_invalid',
        message: expect.stringMatching(message),
        details: { problems: [expect.objectContaining({ line })] },
      }),
    );
  });

  it('gives back what it wrote, but for conditions, which its reader leaves to Jinja', () => {
    const written = (content: PromptContent): string | null => {
      try {
        return writePrompty(exported(content));
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/prompty_not_possible|template_error/) });
        return null;
      }
    };
    let read = 0;
    fc.assert(
      fc.property(promptContent(), (content) => {
        const text = written(content);
        if (text === null || text.includes('{% if')) return;
        read += 1;
        expect(promptContentHash(readPromptFile('a.prompty', text).content)).toBe(promptContentHash(content));
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it('writes conditions, defaults and braces as Jinja has them', () => {
    const write = (content: string) => writePrompty(exported(oneMessage(content))).split('user:\n')[1];
    expect(write('{{#if a}}b{{else}}c{{/if}}')).toBe('{% if a %}b{% else %}c{% endif %}\n');
    expect(write('{{#unless a}}b{{/unless}}')).toBe('{% if not a %}b{% endif %}\n');
    expect(write('{{default a "x \\"y\\""}}')).toBe('{{ a if a or a == 0 else "x \\"y\\"" }}\n');
    expect(write('{% {# \\{{x}} {')).toBe('{{ "{" }}% {{ "{" }}# {{ "{" }}{x}} {{ "{" }}\n');
    // Nunjucks, which reads the same, ends a comment there.
    expect(write('#} # #{{x}}')).toBe('{{ "#" }}} # {{ "#" }}{{x}}\n');
    expect(read(writePrompty(exported(oneMessage('#} {#'))))).toMatchObject({ content: oneMessage('#} {#') });
    expect(write('{{order.items}} {{list.[0]}}')).toBe('{{ order["items"] }} {{ list[0] }}\n');
  });

  it.each([
    ['{{#each items}}{{this}}{{/each}}', 1, /#each/],
    ['a\n{{json x}}', 2, /json/],
    ['{{range}}', 1, /"range"/],
    ['{{first-name}}', 1, /"first-name"/],
    ['a\u2028b', 1, /plain line break/],
    ['a\n', 2, /start and end/],
    ['Quote:\nDeveloper:\nhello', 2, /another message/],
  ])('refuses what Prompty would read otherwise, with its line: %j', (content, line, why) => {
    expect(() => writePrompty(exported(oneMessage(content)))).toThrow(
      expect.objectContaining({
        code: 'prompty_not_possible',
        message: expect.stringMatching(why),
        details: { message: 0, line },
      }),
    );
  });

  it('asks for what any rendering needs, and says which release it is', () => {
    const content = oneMessage('{{review}}{{#if hint}}{{hint}}{{/if}}');
    const text = writePrompty(exported(content, { release, variables: ['hint', 'review'] }));
    expect(text).toContain('  hint:\n    kind: string\n  review:\n    kind: string\n    required: true\n');
    expect(text).toContain(`    release: 4\n    evidenceDigest: ${'e'.repeat(64)}\n`);
    expect(read(writePrompty(exported(oneMessage('x'), { release })))).toMatchObject({ leftOut: ['model.id'] });
  });

  it('never has a fence within its front matter, where a runtime would end it', () => {
    const written = writePrompty(exported({ ...oneMessage('x'), parameters: { stop: ['---', '+++'] } }, {}, 'a --- b'));
    expect(written.match(/---|\+\+\+/g)).toEqual(['---', '---']);
    expect(read(written)).toMatchObject({ note: 'a --- b', content: { parameters: { stop: ['---', '+++'] } } });
  });

  it('names the model of a release without its connection', () => {
    expect(writePrompty(exported(oneMessage('x'), { release }))).toContain('id: gpt-5-mini\n');
  });

  it('refuses a message that would be read as two', () => {
    expect(() => writePrompty(exported(oneMessage('Quote:\nUser:\nhello')))).toThrow(
      expect.objectContaining({ code: 'prompty_not_possible', details: { message: 0, line: 2 } }),
    );
  });
});
