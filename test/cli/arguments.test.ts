import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  integerWithin,
  numberWithin,
  parseErrorLimit,
  parseLabel,
  parsePromptReference,
  parseRate,
  parseRunId,
} from '../../server/cli/arguments.ts';

describe('rates', () => {
  test.each([
    ['0.8', 0.8],
    ['.8', 0.8],
    ['80%', 0.8],
    ['100%', 1],
    ['0', 0],
    ['1', 1],
  ])('%s is %f', (text, rate) => expect(parseRate(text)).toBeCloseTo(rate, 12));

  test.each(['80', '1.5', '101%', '-0.1', '', '%', 'abc', '0x1', '1e0', '0,8'])('%j is refused', (text) =>
    expect(() => parseRate(text)).toThrow(/0\.8 or 80%/),
  );

  test('a percentage means a hundredth of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (n) => {
        expect(parseRate(`${n}%`)).toBeCloseTo(n / 100, 12);
      }),
    );
  });
});

describe('error limits', () => {
  test('a whole number counts results', () => {
    expect(parseErrorLimit('1')).toEqual({ type: 'count', value: 1 });
    expect(parseErrorLimit('0')).toEqual({ type: 'count', value: 0 });
    expect(parseErrorLimit('250')).toEqual({ type: 'count', value: 250 });
  });

  test('a point or a percent sign makes a rate', () => {
    expect(parseErrorLimit('0.05')).toEqual({ type: 'rate', value: 0.05 });
    expect(parseErrorLimit('1.0')).toEqual({ type: 'rate', value: 1 });
    expect(parseErrorLimit('5%')).toEqual({ type: 'rate', value: 0.05 });
  });

  test.each(['-1', '1.5', '200%', 'few', ''])('%j is refused', (text) => expect(() => parseErrorLimit(text)).toThrow());
});

describe('prompt references', () => {
  test.each([
    ['classify', { name: 'classify', type: 'newest' }],
    ['classify@3', { name: 'classify', type: 'version', number: 3 }],
    ['classify@v3', { name: 'classify', type: 'version', number: 3 }],
    ['classify@production', { name: 'classify', type: 'label', label: 'production' }],
    ['Sort by mood@12', { name: 'Sort by mood', type: 'version', number: 12 }],
    ['情感分类@生产', { name: '情感分类', type: 'label', label: '生产' }],
    ['a@b@2', { name: 'a@b', type: 'version', number: 2 }],
  ])('%s', (text, reference) => expect(parsePromptReference(text)).toEqual(reference));

  test.each(['', '@2', 'classify@', ' @ '])('%j is refused', (text) =>
    expect(() => parsePromptReference(text)).toThrow(/NAME@VERSION/),
  );
});

test('labels can be told from version numbers', () => {
  expect(parseLabel('production')).toBe('production');
  expect(parseLabel('eu-2')).toBe('eu-2');
  for (const text of ['3', 'v3', 'two words', '', 'a@b']) expect(() => parseLabel(text)).toThrow();
});

test('numbers are within their bounds', () => {
  expect(integerWithin(1, 256)('8')).toBe(8);
  for (const text of ['0', '257', '1.5', '-1', '', '1e2'])
    expect(() => integerWithin(1, 256)(text)).toThrow('1 to 256');
  expect(numberWithin(0, Number.POSITIVE_INFINITY)('2.50')).toBe(2.5);
  expect(() => numberWithin(0, Number.POSITIVE_INFINITY)('-1')).toThrow('at least 0');
});

test('runs are named by number', () => {
  expect(parseRunId('12')).toBe(12);
  for (const text of ['0', 'x', '1.5', '12345678901234567890']) expect(() => parseRunId(text)).toThrow('runs list');
});
