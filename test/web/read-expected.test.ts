import { describe, expect, it } from 'vitest';
import { expectedKind, readExpected } from '../../web/src/pages/monitor/read-expected.ts';

describe('the kind of a set’s expected values', () => {
  it.each([
    ['positive', 'text'],
    [undefined, 'text'],
    [null, 'text'],
    [4, 'number'],
    [false, 'boolean'],
    [{ dish: 'pie' }, 'json'],
    [['a'], 'json'],
  ])('of %j is %s', (sample, kind) => {
    expect(expectedKind(sample)).toBe(kind);
  });
});

describe('what a person typed', () => {
  it('is a text as it stands, whatever it looks like', () => {
    expect(readExpected(' {"a": 1} ', 'text')).toBe('{"a": 1}');
    expect(readExpected('5', 'text')).toBe('5');
  });

  it('is a number, a truth value or JSON where the set has those', () => {
    expect(readExpected('4.5', 'number')).toBe(4.5);
    expect(readExpected('true', 'boolean')).toBe(true);
    expect(readExpected('{"dish": "pie", "day": null}', 'json')).toEqual({ dish: 'pie', day: null });
  });

  it.each([
    ['', 'text'],
    ['  ', 'json'],
    ['four', 'number'],
    ['"4"', 'number'],
    ['1', 'boolean'],
    ['{"dish": ', 'json'],
  ] as const)('%j is no %s', (typed, kind) => {
    expect(readExpected(typed, kind)).toBeUndefined();
  });
});
