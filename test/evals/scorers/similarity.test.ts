import { describe, expect, it } from 'vitest';
import { findScorer } from '../../../evals/scorers/index.ts';
import type { JsonValue } from '../../../server/domain/json.ts';
import type { Score } from '../../../server/domain/scorer.ts';
import { scored } from '../../contracts/scorer-contract.ts';

function scoreOf(name: string, args: string, output: string, expected: JsonValue = null): Score {
  const scorer = findScorer(name);
  if (scorer.needs !== undefined) throw new Error(`${name} needs ${scorer.needs}`);
  return scorer.prepare(args)(scored(output, expected));
}

describe('texts that are there', () => {
  it.each<[string, string, string, JsonValue, number | null]>([
    ['contains-all', 'refund, seven days', 'A REFUND within seven\ndays', null, 1],
    ['contains-all', 'refund,seven days', 'A refund.', null, 0.5],
    ['contains-all', '["a, b","c"]', 'a, b and c', null, 1],
    ['contains-all', '', '退款，七天', ['退款', '七天'], 1],
    ['contains-all', '', 'x', null, null],
    ['contains-any', 'yes，sure', 'Sure!', null, 1],
    ['contains-any', 'yes,sure', 'no', null, 0],
    ['starts-with', 'Dear', '  Dear Ann', null, 1],
    ['starts-with', 'Dear', 'dear Ann', null, 0],
    ['starts-with', '', 'x', null, null],
    ['ends-with', '', 'So: 42\n', '42', 1],
    ['ends-with', '42', '42.', null, 0],
    ['word-count', '2', "don't stop", null, 1],
    ['word-count', '<=3', 'one two three four', null, 0],
    ['word-count', '2-3', '我们喜欢音乐', null, 1],
    ['word-count', '>=1', '...', null, 0],
  ])('%s:%s of %j against %j is %s', (name, args, output, expected, value) => {
    expect(scoreOf(name, args, output, expected).value).toBe(value);
  });
});

describe('refusal', () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    'I cannot assist with this request.',
    'As an AI language model, I cannot give medical advice.',
    'I must decline.',
    '抱歉，我无法回答这个问题。',
    '作为一个人工智能，我不能提供医疗建议。',
  ])('is seen in %s', (output) => expect(scoreOf('refusal', '', output).passed).toBe(true));

  it.each([
    'Sorry for the delay. Your parcel arrives on Monday.',
    'The shop cannot deliver on Sunday.',
    '可以，周一送达。',
    '他说他无法到场。',
  ])('is not seen in %s', (output) => expect(scoreOf('refusal', '', output).value).toBe(0));
});

describe('likeness', () => {
  it.each<[string, string, JsonValue, number | null]>([
    // kitten → sitting: three edits of seven.
    ['edit-distance', 'kitten', 'sitting', 4 / 7],
    ['edit-distance', '', 'a', null],
    ['edit-distance', 'a', null, null],
    // Lin 2004, section 3: "police kill the gunman" and "the gunman kill police" against "police killed the gunman".
    ['rouge-l', 'police kill the gunman', 'police killed the gunman', 3 / 4],
    ['rouge-l', 'the gunman kill police', 'police killed the gunman', 2 / 4],
    // By hand: the, quick, brown, jumps, the are five in order, of eight words and nine.
    ['rouge-l', 'The quick brown dog jumps on the log.', 'The quick brown fox jumps over the lazy dog', 10 / 17],
    ['rouge-l', '我们喜欢音乐', '我们喜欢电影', 2 / 3],
    ['rouge-l', '!', 'a', null],
    // As SQuAD's script: normalised "cat sat" against "cat", and articles and punctuation out.
    ['token-f1', 'The cat sat.', 'a cat', 2 / 3],
    ['token-f1', 'cat, cat', 'cat', 2 / 3],
    ['token-f1', 'New York City', ['Boston', 'New York'], 4 / 5],
    ['token-f1', '北京市', '北京', 4 / 5],
    ['token-f1', 'dog', 'cat', 0],
    ['token-f1', 'aérien', 'érien', 0],
  ])('%s of %j against %j is %s', (name, output, expected, value) => {
    const given = scoreOf(name, '0.7', output, expected);
    if (value === null) expect(given.value).toBeNull();
    else expect(given.value).toBeCloseTo(value, 12);
    expect(given.passed).toBe(value !== null && value >= 0.7);
  });

  it('refuses a least value that is none, and does not compare what would take minutes', () => {
    for (const least of ['0', '2', 'x', '-1'])
      expect(() => scoreOf('rouge-l', least, 'a', 'a')).toThrow('such as rouge-l:0.8');
    expect(scoreOf('edit-distance', '50%', 'a'.repeat(1e6), 'b'.repeat(1e6)).explanation).toContain('too long');
    expect(scoreOf('rouge-l', '50%', 'a '.repeat(1e5), 'b '.repeat(1e5)).explanation).toContain('too long');
  });
});
