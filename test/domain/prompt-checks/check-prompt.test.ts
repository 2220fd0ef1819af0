import { describe, expect, it } from 'vitest';
import type { Message, PromptContent, ResponseFormat } from '../../../server/domain/prompt.ts';
import { checkPrompt } from '../../../server/domain/prompt-checks/check-prompt.ts';
import { compilePrompt } from '../../../server/domain/template.ts';

const content = (responseFormat: ResponseFormat, ...messages: Message[]): PromptContent => ({
  messages,
  parameters: {},
  responseFormat,
});
const user = (text: string): Message => ({ role: 'user', content: text });
const free: ResponseFormat = { type: 'text' };
const labels: ResponseFormat = { type: 'labels', labels: ['positive', 'negative'] };
const check = (given: PromptContent, fields: readonly string[] | null = null) =>
  checkPrompt(given, { used: compilePrompt(given).variables, given: fields });
const names = (...given: Parameters<typeof check>) => check(...given).map(({ name }) => name);

describe('the form of the answer', () => {
  it.each(['{{review}}', 'What about this?\n{{review}}', '评论：{{review}}'])('is said nowhere in %j', (text) => {
    expect(names(content(free, user(text)))).toEqual(['format_unsaid']);
  });
  it.each(['Answer with one word: {{review}}', 'Summarise it in two sentences. {{text}}', '用一个词回答：{{review}}'])(
    'is said in %j',
    (text) => expect(names(content(free, user(text)))).toEqual([]),
  );
  it('is said by a response format, or by an answer that is begun', () => {
    expect(names(content({ type: 'json', schema: {} }, user('{{review}}')))).toEqual([]);
    expect(names(content(free, user('{{review}}'), { role: 'assistant', content: 'Sentiment:' }))).toEqual([]);
  });
});

describe('labels', () => {
  it('are each to be named', () => {
    expect(check(content(labels, user('Is it Positive? {{review}}')))).toMatchObject([
      { name: 'label_unnamed', level: 'warning', values: { labels: 'negative', count: 1 } },
    ]);
    expect(names(content(labels, user('positive or negative? {{review}}')))).toEqual([]);
  });
  it('are words of their own; in Chinese none are set apart', () => {
    const letters: ResponseFormat = { type: 'labels', labels: ['A', 'B'] };
    expect(check(content(letters, user('A bad idea: {{x}}')))).toMatchObject([{ values: { labels: 'B' } }]);
    const chinese: ResponseFormat = { type: 'labels', labels: ['正面', '负面'] };
    expect(names(content(chinese, user('判断评论是正面还是负面：{{review}}')))).toEqual([]);
  });
  it('are not named by the name of a variable', () => {
    expect(check(content(labels, user('{{positive}} {{negative}}')))).toMatchObject([{ values: { count: 2 } }]);
  });
});

describe('variables', () => {
  it('that no case gives are named with their line and what was meant', () => {
    const given = content(free, user('Answer briefly.\n{{reveiw}}'), user('{{#if language}}in {{language}}{{/if}}'));
    expect(check(given, ['review'])).toEqual([
      {
        name: 'variable_unknown',
        level: 'warning',
        message: 1,
        line: 1,
        values: { variable: 'language', given: 'review' },
      },
      {
        name: 'variable_unknown',
        level: 'warning',
        message: 0,
        line: 2,
        values: { variable: 'reveiw', closest: 'review', given: 'review' },
      },
      { name: 'variable_unused', level: 'hint', message: null, line: null, values: { variable: 'review' } },
    ]);
  });
  it('are not looked at without a set', () => {
    expect(names(content(free, user('Answer: {{anything}}')))).toEqual([]);
  });
});

describe('a beginning that varies', () => {
  const rules = 'Answer with one word. '.repeat(20);
  it('has most of the fixed text behind the first variable', () => {
    const [found] = check(content(free, user(`Review:\n{{review}}\n${rules}`)));
    expect(found).toMatchObject({ name: 'beginning_varies', level: 'hint', message: 0, line: 2 });
    expect(found?.values.lost).toBeGreaterThan(80);
  });
  it('is none where the fixed text comes first, or there is little', () => {
    expect(names(content(free, { role: 'system', content: rules }, user('{{review}}\nAnswer:')))).toEqual([]);
    expect(names(content(free, user('{{review}}\nAnswer with one word.')))).toEqual([]);
    expect(names(content(free, user(rules)))).toEqual([]);
  });
});
