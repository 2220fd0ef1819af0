import { describe, expect, it } from 'vitest';
import { contentText } from '../../web/src/pages/prompts/content-text.ts';
import {
  contentOf,
  draftOf,
  emptyContent,
  moved,
  sameContent,
  withMessage,
} from '../../web/src/pages/prompts/draft.ts';
import { readSchema } from '../../web/src/pages/prompts/json-schema-text.ts';
import type { PromptContent } from '../../web/src/pages/prompts/prompt-version.ts';
import { variablesOf } from '../../web/src/pages/prompts/subject.ts';

const labelled: PromptContent = {
  messages: [
    { role: 'system', content: 'Say positive or negative.' },
    { role: 'user', content: '{{review}}' },
  ],
  parameters: { temperature: 0, stop: ['\n'] },
  responseFormat: { type: 'labels', labels: ['positive', 'negative'] },
};

describe('a draft', () => {
  it('says what the version it was opened from says', () => {
    const { content, problem } = contentOf(draftOf(labelled));
    expect(problem).toBeNull();
    expect(sameContent(content, labelled)).toBe(true);
  });

  it('asks for text and names the problem while its labels are too few or its schema is no JSON', () => {
    const draft = draftOf(labelled);
    const fewLabels = contentOf({ ...draft, format: { ...draft.format, labels: ['positive'] } });
    expect(fewLabels).toMatchObject({ problem: 'labels', content: { responseFormat: { type: 'text' } } });
    const broken = contentOf({ ...draft, format: { ...draft.format, type: 'json', schema: '{' } });
    expect(broken).toMatchObject({ problem: 'schema', content: { responseFormat: { type: 'text' } } });
  });

  it('takes an emptied list of stop sequences for none', () => {
    const draft = draftOf(labelled);
    const { content } = contentOf({ ...draft, parameters: { temperature: 0, stop: [] } });
    expect(sameContent(content, { ...labelled, parameters: { temperature: 0 } })).toBe(true);
  });

  it('keeps each message with its key when they are moved and added', () => {
    const { messages } = draftOf(labelled);
    expect(moved(messages, 0, 1).map(({ key }) => key)).toEqual([1, 0]);
    expect(moved(messages, 5, 0)).toEqual(messages);
    expect(withMessage(messages).at(-1)).toEqual({ key: 2, role: 'assistant', content: '' });
    expect(withMessage(withMessage(messages)).at(-1)).toMatchObject({ key: 3, role: 'user' });
  });
});

describe('what differs between contents', () => {
  it('is not the order in which parameters were written', () => {
    const other = { ...emptyContent, parameters: { seed: 1, temperature: 0 } };
    expect(sameContent(other, { ...emptyContent, parameters: { temperature: 0, seed: 1 } })).toBe(true);
    expect(sameContent(other, emptyContent)).toBe(false);
  });
});

describe('a JSON schema as typed', () => {
  it('is read where it is an object', () => {
    expect(readSchema('{"type": "object"}')).toEqual({ schema: { type: 'object' } });
    expect(readSchema('[1]')).toEqual({ problem: { kind: 'notObject' } });
  });

  it.each([
    ['{"type":\n oops}', 2],
    ['{\n "type": "object",\n}', 3],
    ['{\n "a": 1\n', 3],
    ['', 1],
    ['{"a": "b\n"}', 1],
  ])('%j is broken in line %i', (text, line) => {
    expect(readSchema(text)).toMatchObject({ problem: { kind: 'notJson', line } });
  });
});

it('shows a content as text, parameters always in the same order', () => {
  const words = {
    role: { system: 'System', user: 'User', assistant: 'Assistant' },
    format: 'Answer',
    formatType: { text: 'Text', labels: 'Labels', json: 'JSON' },
    parameters: 'Parameters',
    none: 'none',
  };
  const text = contentText({ ...labelled, parameters: { stop: ['\n'], temperature: 0 } }, words);
  expect(text.split('\n')).toEqual([
    '── System ──',
    'Say positive or negative.',
    '',
    '── User ──',
    '{{review}}',
    '',
    '── Answer ──',
    'Labels',
    '- positive',
    '- negative',
    '',
    '── Parameters ──',
    'temperature: 0',
    'stop: ["\\n"]',
  ]);
});

describe('own values', () => {
  it('are texts, but lists and objects where they are JSON', () => {
    const values = { text: '3', list: '["a"]', almost: '[sic] fine' };
    expect(variablesOf({ kind: 'own', values }, ['text', 'list', 'almost', 'untyped'])).toEqual({
      text: '3',
      list: ['a'],
      almost: '[sic] fine',
      untyped: '',
    });
  });
});
