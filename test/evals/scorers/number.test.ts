import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { number } from '../../../evals/scorers/number.ts';
import type { JsonValue } from '../../../server/domain/json.ts';
import { scored } from '../../contracts/scorer-contract.ts';

const judge = (output: string, expected: JsonValue, args = '') => number.prepare(args)(scored(output, expected));

describe('number', () => {
  it.each([
    ['42', '42'],
    ['The total is 42.', '42'],
    ['3 items, in all 42', '42'],
    ['$1,234,567.50', '1234567.5'],
    ['1\u00a0234\u202f567', '1234567'],
    ["1'234'567", '1234567'],
    ['共３，０００元', '3000'],
    ['３５．５', '35.5'],
    ['-5', '-5'],
    ['−5 °C', '-5'],
    ['-$5', '-5'],
    ['10-12', '12'],
    ['GPT-4', '4'],
    ['.5', '0.5'],
    ['1.5e3', '1500'],
    ['2.5E-2', '0.025'],
    ['12%', '12'],
    ['１２％', '12'],
    ['3.5万', '35000'],
    ['1.2 million', '1200000'],
    ['3 billionaires', '3'],
    ['1,23', '23'],
    ['007', '7'],
  ])('reads %j as %s', (output, answer) => {
    expect(judge(output, 1).answer).toBe(answer);
  });

  it.each([[''], ['none'], ['三十'], [`1e${'9'.repeat(3)}`], ['9'.repeat(400)]])('finds no number in %j', (output) => {
    expect(judge(output, 1)).toMatchObject({ value: null, passed: false, answer: null });
  });

  it.each<[string, JsonValue, string, boolean]>([
    ['42', 42, '', true],
    ['42.0', '42', '', true],
    ['1,000', '1000', '', true],
    ['42.01', 42, '', false],
    ['0.3', 0.1 + 0.2, '', true],
    ['1.11', 1.1, '0.01', true],
    ['1.12', 1.1, '0.01', false],
    ['101', 100, '1%', true],
    ['-101', -100, '1%', true],
    ['102', 100, '1%', false],
    ['0.001', 0, '1%', false],
    ['12%', 12, '', true],
    ['12%', 0.12, '', true],
    ['0.12', '12%', '', true],
    ['12', '12%', '', true],
    ['12%', '12%', '', true],
    ['0.12%', '12%', '', false],
  ])('%s against %j within "%s": %s', (output, expected, args, passed) => {
    expect(judge(output, expected, args).passed).toBe(passed);
  });

  it('says what it read and what was expected', () => {
    expect(judge('about 41', 42, '0.5').explanation).toBe('Read "41", expected "42" ± 0.5.');
    expect(judge('41', 'many').explanation).toBe('The expected value "many" is not a number.');
    expect(judge('41', null).value).toBeNull();
  });

  it.each(['-1', 'x', '1e3', '%', '1%%'])('refuses the tolerance "%s"', (args) => {
    expect(() => number.prepare(args)).toThrow(expect.objectContaining({ code: 'scorer_argument_invalid' }));
  });

  it('reads every number that is written the usual way', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        expect(judge(`It is ${value}!`, value).passed).toBe(true);
        expect(judge(`${Math.round(value).toLocaleString('en-US')}`, Math.round(value)).passed).toBe(true);
      }),
    );
  });
});
