import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PromptContent, promptContentHash } from '../../server/domain/prompt.ts';
import { writePrompty } from '../../server/formats/prompty.ts';
import { readPromptFile } from '../../server/formats/read-prompt-file.ts';
import { exported, promptContent, release, templateText } from './prompt-arbitrary.ts';

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

  it('gives back what it wrote, but for blank lines around a message', () => {
    const carried = templateText.map((content) => content.replace(/^\n+|\n+$/g, ''));
    fc.assert(
      fc.property(promptContent(carried), (content) => {
        const file = read(writePrompty(exported(content)));
        expect(promptContentHash(file.content)).toBe(promptContentHash(content));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps plain variables for any Prompty runtime and declares Handlebars where it is needed', () => {
    expect(writePrompty(exported(oneMessage('{{review}}')))).toContain('kind: jinja2');
    const handlebars = writePrompty(exported(oneMessage('{{#if a}}b{{/if}}')));
    expect(handlebars).toContain('kind: handlebars');
    expect(handlebars).toMatch(/^---\n# .*Handlebars/);
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
