import { describe, expect, it } from 'vitest';
import { fieldF1 } from '../../../evals/scorers/field-f1.ts';
import { jsonValid } from '../../../evals/scorers/json-valid.ts';
import { toolCall } from '../../../evals/scorers/tool-call.ts';
import type { JsonValue } from '../../../server/domain/json.ts';
import { scored } from '../../contracts/scorer-contract.ts';

describe('json-valid', () => {
  it('takes JSON by itself or in a fence, and fails what is none', () => {
    const passed = (output: string) => jsonValid.prepare('')(scored(output, null)).passed;
    expect(passed('{"a": 1}')).toBe(true);
    expect(passed('```json\n[1]\n```')).toBe(true);
    expect(passed('Here it is: {"a": 1}')).toBe(false);
    expect(jsonValid.prepare('')(scored('prose', null))).toMatchObject({ value: 0, passed: false });
  });
});

describe('field-f1', () => {
  const judge = (output: JsonValue, expected: JsonValue, args = '') =>
    fieldF1.prepare(args)(scored(JSON.stringify(output), expected));

  // By hand: 2 × precision × recall / (precision + recall) over fields and items of lists.
  it.each<[JsonValue, JsonValue, number]>([
    [{ a: 1, b: 'x' }, { a: 1, b: 'x' }, 1],
    [{ a: 1, b: 'y' }, { a: 1, b: 'x' }, 1 / 2],
    [{ a: 1 }, { a: 1, b: 'x' }, 2 / 3],
    [{ a: 1, b: 'x', c: 2 }, { a: 1, b: 'x' }, 4 / 5],
    [['x', 'y'], ['y', 'x'], 1],
    [{ names: ['x', 'y', 'z'] }, { names: ['x', 'w'] }, 2 / 5],
    [['x', 'x'], ['x'], 2 / 3],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, 1 / 2],
    [{ a: '1' }, { a: 1 }, 0],
    [{ a: 1, b: null }, { a: 1 }, 1],
    [{}, {}, 1],
    [{}, { a: 1 }, 0],
  ])('of %j against %j', (output, expected, value) => {
    expect(judge(output, expected).value).toBeCloseTo(value, 12);
  });

  it('passes from its argument on, and reads an expected text that is JSON', () => {
    expect(judge({ a: 1 }, { a: 1, b: 'x' }, '0.6').passed).toBe(true);
    expect(judge({ a: 1 }, { a: 1, b: 'x' }).passed).toBe(false);
    expect(judge({ a: 1 }, '{"a": 1}').passed).toBe(true);
    expect(fieldF1.prepare('')(scored('prose', { a: 1 }))).toMatchObject({ value: null });
  });
});

describe('tool-call', () => {
  const call = { name: 'book', arguments: { guests: 2, day: 'Monday' } };
  const judge = (output: JsonValue, expected: JsonValue, args = '') =>
    toolCall.prepare(args)(scored(JSON.stringify(output), expected)).passed;

  it('reads a call in each of its forms, whatever the order of keys and calls', () => {
    const asText = { function: { name: 'book', arguments: '{"day":"Monday","guests":2}' }, id: 'call_1' };
    for (const form of [call, [call], { tool_calls: [asText] }, asText]) expect(judge(form, call)).toBe(true);
    const other = { name: 'greet', arguments: {} };
    expect(judge([other, call], [call, other])).toBe(true);
  });

  it('fails another tool, other arguments, one call too many', () => {
    expect(judge({ ...call, name: 'cancel' }, call)).toBe(false);
    expect(judge({ ...call, arguments: { guests: 3, day: 'Monday' } }, call)).toBe(false);
    expect(judge([call, call], call)).toBe(false);
    expect(judge([call, call], 'book', 'name')).toBe(false);
    expect(judge({ ...call, arguments: {} }, 'book', 'name')).toBe(true);
  });

  it('finds no answer in what is no call', () => {
    expect(toolCall.prepare('')(scored('I would book a table.', call))).toMatchObject({ value: null, passed: false });
    expect(toolCall.prepare('')(scored('{"guests": 2}', call))).toMatchObject({ value: null, passed: false });
  });
});
