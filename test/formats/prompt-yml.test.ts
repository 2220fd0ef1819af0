import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptContentHash } from '../../server/domain/prompt.ts';
import { writePromptYml } from '../../server/formats/prompt-yml.ts';
import { readPromptFile } from '../../server/formats/read-prompt-file.ts';
import { exported, promptContent, release } from './prompt-arbitrary.ts';

const read = (text: string) => readPromptFile('a.prompt.yml', text);

describe('.prompt.yml', () => {
  it('reads what GitHub Models documents', () => {
    const file = read(`name: Text Summarizer
description: Summarizes input text concisely
model: openai/gpt-4o-mini
modelParameters:
  temperature: 0.5
  maxCompletionTokens: 100
  frequencyPenalty: 1
messages:
  - role: system
    content: You are a text summarizer.
  - role: User
    content: |
      Summarize:
      {{input}}
testData:
  - input: The quick brown fox
evaluators: []
`);
    expect(file).toEqual({
      content: {
        messages: [
          { role: 'system', content: 'You are a text summarizer.' },
          { role: 'user', content: 'Summarize:\n{{input}}\n' },
        ],
        parameters: { temperature: 0.5, maxTokens: 100 },
        responseFormat: { type: 'text' },
      },
      note: 'Summarizes input text concisely',
      leftOut: ['model', 'testData', 'evaluators', 'modelParameters.frequencyPenalty'],
    });
  });

  it.each([
    ['text with a name', 'jsonSchema: \'{"name": "x", "strict": true, "schema": {"type": "object"}}\''],
    ['text without one', 'jsonSchema: \'{"type": "object"}\''],
    ['YAML', 'jsonSchema:\n  type: object'],
  ])('reads a JSON schema given as %s', (_, lines) => {
    const file = read(`messages: [{role: user, content: hi}]\nresponseFormat: json_schema\n${lines}\n`);
    expect(file.content.responseFormat).toEqual({ type: 'json', schema: { type: 'object' } });
  });

  it('reads labels and a note of its own part', () => {
    const file = read('messages: [{role: user, content: hi}]\nwhetstone: {labels: [good, bad], note: First}\n');
    expect(file.content.responseFormat).toEqual({ type: 'labels', labels: ['good', 'bad'] });
    expect(file.note).toBe('First');
  });

  it.each([
    ['a role that is not known', 'messages:\n  - role: tool\n    content: x\n', 2, 11, /"messages.0.role"/],
    ['no messages', 'name: x\n', 1, 1, /"messages"/],
    ['a broken text', 'messages:\n  - role: user\n    content: "x\n', 4, 1, /not YAML/],
    ['a name twice', 'name: a\nname: b\n', 2, 1, /unique/],
    [
      'a parameter out of range',
      'messages: [{role: user, content: x}]\nmodelParameters: {temperature: 3}\n',
      2,
      32,
      /<=2/,
    ],
    ['a misspelt part', 'messages: [{role: user, content: x}]\nwhetstone:\n  lables: [a, b]\n', 3, 3, /lables/],
    [
      'a broken schema',
      'messages: [{role: user, content: x}]\nresponseFormat: json_schema\njsonSchema: "{"\n',
      3,
      13,
      /not JSON/,
    ],
    ['a missing schema', 'messages: [{role: user, content: x}]\nresponseFormat: json_schema\n', 2, 17, /jsonSchema/],
    ['one label', 'messages: [{role: user, content: x}]\nwhetstone: {labels: [a]}\n', 2, 21, /labels/],
  ])('names line and column of %s', (_, text, line, column, message) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'prompt_file_invalid',
        message: expect.stringMatching(message),
        details: { problems: expect.arrayContaining([expect.objectContaining({ line, column })]) },
      }),
    );
  });

  it('gives back what it wrote', () => {
    fc.assert(
      fc.property(promptContent(), (content) => {
        const file = read(writePromptYml(exported(content)));
        expect(promptContentHash(file.content)).toBe(promptContentHash(content));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the note back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (note) => {
        const content = {
          messages: [{ role: 'user' as const, content: 'x' }],
          parameters: {},
          responseFormat: { type: 'text' as const },
        };
        expect(read(writePromptYml(exported(content, {}, note))).note).toBe(note);
      }),
    );
  });

  it('says in a comment which release it is, and on what evidence', () => {
    const content = {
      messages: [{ role: 'user' as const, content: 'x' }],
      parameters: {},
      responseFormat: { type: 'text' as const },
    };
    const text = writePromptYml(exported(content, { release }));
    expect(text).toContain(`# Release 4, evidence SHA-256 ${'e'.repeat(64)}.\n`);
    expect(read(text).content).toEqual(content);
  });

  it('says that GitHub Models can not fill in Handlebars', () => {
    const write = (content: string) =>
      writePromptYml(
        exported({ messages: [{ role: 'user', content }], parameters: {}, responseFormat: { type: 'text' } }),
      );
    expect(write('{{#if a}}b{{/if}}')).toMatch(/^# .*Handlebars/);
    expect(write('{{a}}')).toMatch(/^name: Sentiment/);
  });
});
