import { describe, expect, it } from 'vitest';
import { contains } from '../../../evals/scorers/contains.ts';
import { exact } from '../../../evals/scorers/exact.ts';
import { regex } from '../../../evals/scorers/regex.ts';
import type { JsonValue } from '../../../server/domain/json.ts';
import type { PureScorer } from '../../../server/domain/scorer.ts';
import { scored } from '../../contracts/scorer-contract.ts';

const scoreOf = (scorer: PureScorer, args: string, output: string, expected: JsonValue) =>
  scorer.prepare(args)(scored(output, expected)).value;

describe('exact', () => {
  it.each<[string, JsonValue, number | null]>([
    [' yes\r\n', 'yes', 1],
    ['Yes', 'yes', 0],
    ['yes.', 'yes', 0],
    ['', 'yes', null],
    ['', '', 1],
    ['42', 42, 1],
    ['true', true, 1],
    ['{"a":1}', { a: 1 }, 1],
    ['yes', null, null],
  ])('%j against %j is %s', (output, expected, value) => {
    expect(scoreOf(exact, '', output, expected)).toBe(value);
  });

  it('cuts long answers in its score, not in the comparison', () => {
    const score = exact.prepare('')(scored(`${'😀'.repeat(5000)}a`, `${'😀'.repeat(5000)}b`));
    expect(score.passed).toBe(false);
    expect(score.answer?.length).toBeLessThanOrEqual(500);
    expect(score.answer?.isWellFormed()).toBe(true);
  });
});

describe('contains', () => {
  it.each<[string, string, JsonValue, number | null]>([
    ['refund', 'We will REFUND you.', null, 1],
    ['refund', 'ＲＥＦＵＮＤ', null, 1],
    ['seven days', 'within seven\n days', null, 1],
    ['refund', 'No.', null, 0],
    ['', 'Paris is it.', 'paris', 1],
    ['退款', '可以退款。', 'ignored', 1],
    ['', 'It was 42.', 42, 1],
    ['', 'anything', null, null],
    ['', 'anything', ' ', null],
    ['refund', '', null, 0],
  ])('"%s" in %j, expected %j: %s', (args, output, expected, value) => {
    expect(scoreOf(contains, args, output, expected)).toBe(value);
  });
});

describe('regex', () => {
  it.each<[string, string, JsonValue, number | null]>([
    ['^\\d+$', '42', null, 1],
    ['^\\d+$', '42', 'something', 1],
    ['^\\d+$', 'x', null, 0],
    ['/^yes$/m', 'well\nyes\n', null, 1],
    ['/^YES/i', 'yes', null, 1],
    ['answer: (\\w+)', 'My answer: Paris', 'Paris', 1],
    ['answer: (\\w+)', 'My answer: Rome', 'Paris', 0],
    ['answer: (\\w+)', 'I do not know', 'Paris', null],
    ['answer: (\\w+)', 'My answer: paris', 'Paris', 0],
    ['/answer: (\\w+)/i', 'My ANSWER: paris', 'Paris', 1],
    ['(\\d+) euro|€(\\d+)', 'It costs €7', 7, 1],
    ['answer: (?:yes|no)', 'answer: yes', 'unrelated', 1],
    ['答案[:：]\\s*(\\S+)', '答案：北京', '北京', 1],
    ['(?<city>Paris)', 'Paris', 'Paris', 1],
    ['a/b', 'a/b', null, 1],
  ])('%s on %j, expected %j: %s', (args, output, expected, value) => {
    expect(scoreOf(regex, args, output, expected)).toBe(value);
  });

  it('reads the group as the answer, else the match', () => {
    const answer = (args: string) => regex.prepare(args)(scored('answer: Rome', null)).answer;
    expect(answer('answer: (\\w+)')).toBe('Rome');
    expect(answer('answer: \\w+')).toBe('answer: Rome');
  });

  it.each([
    ['', /needs a pattern/],
    ['//i', /needs a pattern/],
    ['(a', /missing closing/],
    ['(?=a)', /look-around/],
    ['/a/x', /flag "x"/],
  ])('refuses "%s" with the reason', (args, message) => {
    expect(() => regex.prepare(args)).toThrow(message);
    expect(() => regex.prepare(args)).toThrow(expect.objectContaining({ code: 'scorer_argument_invalid' }));
  });
});
