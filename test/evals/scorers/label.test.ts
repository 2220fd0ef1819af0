import { describe, expect, it } from 'vitest';
import { label } from '../../../evals/scorers/label.ts';
import { scored } from '../../contracts/scorer-contract.ts';

const sentiment = ['positive', 'negative'];
const answerOf = (output: string, labels: readonly string[] = sentiment, args = '') =>
  label.prepare(args)(scored(output, labels[0] ?? 'x', { labels })).answer;

describe('label', () => {
  it.each([
    'positive',
    'Positive.',
    ' POSITIVE\n',
    '**Positive**',
    '_positive_',
    '`positive`',
    '"positive"',
    '“positive”',
    '(positive)',
    'Label: positive',
    'Sentiment → positive!',
    '{"sentiment": "positive"}',
    '```\npositive\n```',
    'ｐｏｓｉｔｉｖｅ。',
    '结果是positive。',
    '答案：positive',
    'I would say that it is positive, clearly positive.',
    'pos\u200bitive',
    '<b>positive</b>',
  ])('reads positive in %j', (output) => {
    expect(answerOf(output)).toBe('positive');
  });

  it.each([
    ['no label', 'The guest was happy.'],
    ['an empty output', ' \n'],
    ['a word that only holds the label', 'He felt positively about it, a nonnegative view.'],
    ['two different labels', 'The sentiment is negative, not positive.'],
    ['two joined labels', 'positive/negative'],
    ['both in Chinese surroundings', '不是negative而是positive'],
    ['a label that is only denied', 'This is not positive.'],
    ['a denied label with an article', "It isn't a positive review."],
    ['a label that is denied once', 'positive? No, not positive.'],
  ])('finds no answer in %s', (_, output) => {
    expect(label.prepare('')(scored(output, 'positive', { labels: sentiment }))).toMatchObject({
      value: null,
      passed: false,
      answer: null,
    });
  });

  it.each([
    ['Not spam', ['spam', 'not spam'], 'not spam'],
    ['**Not** spam.', ['spam', 'not spam'], 'not spam'],
    ['NOT_SPAM', ['spam', 'not spam'], 'not spam'],
    ['not-spam', ['not_spam', 'spam'], 'not_spam'],
    ['very good', ['good', 'very good'], 'very good'],
    ['It is ham', ['spam', 'ham'], 'ham'],
    ['10', ['1', '10'], '10'],
    ['Rating: 1.', ['1', '2'], '1'],
    ['１', ['1', '2'], '1'],
    ['-1', ['-1', '1'], '-1'],
    ['1.5', ['1', '2'], null],
    ['-1', ['0', '1'], null],
    ['11', ['1', '2'], null],
    ['C++', ['C', 'C++'], 'C++'],
    ['👍🏽', ['👍', '👎'], '👍'],
    ['❤️', ['❤', '💔'], '❤'],
    ['**', ['*', '**', '***'], '**'],
    ['I don’t know', ['yes', "don't know"], "don't know"],
    ['No.', ['yes', 'no'], 'no'],
  ])('reads %j by the labels %j', (output, labels, answer) => {
    expect(answerOf(output, labels)).toBe(answer);
  });

  it.each([
    ['正面', '正面'],
    ['这条评价是正面的。', '正面'],
    ['【正面】', '正面'],
    ['情感：“负面”', '负面'],
    ['不是正面', null],
    ['非正面', null],
    ['既有正面也有负面', null],
  ])('reads Chinese without spaces: %s', (output, answer) => {
    expect(answerOf(output, ['正面', '负面'])).toBe(answer);
  });

  it('lets the longer of two Chinese labels win', () => {
    expect(answerOf('不推荐', ['推荐', '不推荐'])).toBe('不推荐');
  });

  it('takes its labels from the argument first', () => {
    expect(answerOf('It is ham.', sentiment, 'spam, ham')).toBe('ham');
    expect(answerOf('垃圾', sentiment, '垃圾，正常')).toBe('垃圾');
    expect(() => label.prepare(' ,')).toThrow(/names no label/);
  });

  it('follows labels that change from case to case', () => {
    const score = label.prepare('');
    expect(score(scored('ham', 'ham', { labels: ['ham', 'spam'] })).answer).toBe('ham');
    expect(score(scored('positive', 'positive', { labels: sentiment })).answer).toBe('positive');
  });

  it('compares the label with the expected one, whatever its case', () => {
    const score = label.prepare('');
    expect(score(scored('positive', 'Positive', { labels: sentiment }))).toEqual({
      value: 1,
      passed: true,
      answer: 'positive',
      explanation: 'Read "positive", as expected.',
    });
    expect(score(scored('So negative!', 'positive', { labels: sentiment }))).toEqual({
      value: 0,
      passed: false,
      answer: 'negative',
      explanation: 'Read "negative", expected "positive".',
    });
  });

  it('says why there is no answer', () => {
    const explain = (output: string, labels = sentiment, expected: string | null = 'positive') =>
      label.prepare('')(scored(output, expected, { labels })).explanation;
    expect(explain('Nice.')).toBe('Found none of the labels "positive, negative" in the output.');
    expect(explain('positive or negative')).toBe('The output names both "positive" and "negative".');
    expect(explain('It is not positive.')).toBe('The output only says what it is not: "not positive".');
    expect(explain('positive', [])).toMatch(/There are no labels/);
    expect(explain('positive', sentiment, null)).toMatch(/no expected value/);
  });
});
