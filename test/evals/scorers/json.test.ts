import { describe, expect, it } from 'vitest';
import { jsonEqual } from '../../../evals/scorers/json-equal.ts';
import { jsonSchema } from '../../../evals/scorers/json-schema.ts';
import type { JsonObject, JsonValue } from '../../../server/domain/json.ts';
import { scored } from '../../contracts/scorer-contract.ts';

const fenced = '```json\n{"a": 1}\n```';

describe('json-schema', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { mood: { enum: ['good', 'bad'] }, code: { type: 'string', pattern: '^(a+)+$' } },
    required: ['mood'],
    additionalProperties: false,
  };
  const judge = (output: string, own: JsonObject | null = schema, args = '') =>
    jsonSchema.prepare(args)(scored(output, null, { schema: own }));

  it('passes JSON that fits the schema of the prompt, in a code fence too', () => {
    expect(judge('{"mood": "good"}')).toEqual({
      value: 1,
      passed: true,
      answer: '{"mood":"good"}',
      explanation: 'The JSON fits the schema.',
    });
    expect(judge('Here it is:\n```json\n{"mood": "bad"}\n```\nAnything else?').passed).toBe(true);
  });

  it.each([
    ['{"mood": "so-so"}', 'At /mood it must be equal to one of the allowed values (["good","bad"]).'],
    ['{}', "The JSON must have required property 'mood'."],
    ['[1]', 'The JSON must be object.'],
    [`{"mood": "good", "code": "${'a'.repeat(50)}!"}`, 'At /code it must match pattern "^(a+)+$".'],
  ])('fails %s and says why', (output, explanation) => {
    expect(judge(output)).toMatchObject({ value: 0, passed: false, explanation });
  });

  it.each([
    ['no JSON', 'The mood is good.', /not JSON/],
    ['JSON amid prose', 'It is {"mood": "good"}.', /not JSON/],
    ['JSON cut off', '{"mood": "go', /not JSON/],
    ['two values', `${fenced}\n${fenced.replace('1', '2')}`, /several different/],
    ['deep nesting', '['.repeat(1000) + ']'.repeat(1000), /200 levels/],
  ])('finds no answer in %s', (_, output, reason) => {
    expect(judge(output)).toMatchObject({ value: null, answer: null, explanation: expect.stringMatching(reason) });
  });

  it('takes the argument before the schema of the prompt', () => {
    expect(judge('[1]', schema, '{"type": "array"}').passed).toBe(true);
    expect(judge('"any"', schema, '{}').passed).toBe(true);
  });

  it('says where there is no schema, or one that cannot be used', () => {
    expect(judge('{}', null)).toMatchObject({ value: null, explanation: expect.stringMatching(/no schema/) });
    expect(judge('{}', { type: 'objekt' })).toMatchObject({
      value: null,
      explanation: expect.stringMatching(/can't be used/),
    });
    expect(judge('{}', { $ref: 'https://example.com/other.json' })).toMatchObject({ value: null });
    expect(() => jsonSchema.prepare('{"type": "objekt"}')).toThrow(/can't use/);
    expect(() => jsonSchema.prepare('[]')).toThrow(/no JSON object/);
  });

  it('knows draft 7 and draft 2020-12', () => {
    const pair = [{ type: 'number' }, { type: 'string' }];
    expect(judge('["a", 1]', { $schema: 'http://json-schema.org/draft-07/schema#', items: pair }).passed).toBe(false);
    expect(judge('["a", 1]', { prefixItems: pair }).passed).toBe(false);
    expect(judge('[1, "a"]', { prefixItems: pair }).passed).toBe(true);
  });

  it('checks that items differ by value', () => {
    expect(judge('[{"a": 1, "b": 2}, {"b": 2, "a": 1}]', { uniqueItems: true })).toMatchObject({
      passed: false,
      explanation: 'The JSON must not have equal items.',
    });
    expect(judge('[1, "1", [1]]', { uniqueItems: true }).passed).toBe(true);
  });
});

describe('json-equal', () => {
  const judge = (output: string, expected: JsonValue, args = '') => jsonEqual.prepare(args)(scored(output, expected));
  const order = { dish: 'ramen', price: 12, extras: ['egg', { name: 'nori', count: 2 }] };

  it.each<[string, JsonValue]>([
    ['{"extras": ["egg", {"count": 2.0, "name": "nori"}], "price": 12, "dish": "ramen"}', order],
    [JSON.stringify(order), JSON.stringify(order)],
    [fenced, { a: 1 }],
    ['```\n{"a": 1}', { a: 1 }],
    ['{"a": -0}', { a: 0 }],
    ['{"a": 1e2}', { a: 100 }],
    ['[]', []],
    ['{}', {}],
    ['"ramen"', 'ramen'],
    ['null', 'null'],
  ])('%s equals', (output, expected) => {
    expect(judge(output, expected)).toMatchObject({ passed: true, value: 1 });
  });

  it.each<[string, JsonValue, number, string]>([
    ['{"a": "1"}', { a: 1 }, 0, '1 of 1 fields differ: "a" is "1", expected 1.'],
    ['{"a": 1}', { a: 1, b: { c: 2 } }, 1 / 2, '1 of 2 fields differ: "b" is missing.'],
    ['{"a": 1, "b": 2}', { a: 1 }, 1 / 2, '1 of 2 fields differ: "b" is not expected.'],
    ['{"a": [1, 2]}', { a: [2, 1] }, 0, '2 of 2 fields differ: "a[0]" is 1, expected 2; "a[1]" is 2, expected 1.'],
    ['{"a": {"b": null}}', { a: { b: 'x' } }, 0, '1 of 1 fields differ: "a.b" is null, expected "x".'],
    ['{"a": []}', { a: {} }, 0, '1 of 1 fields differ: "a" is [], expected {}.'],
    ['{"toString": 1}', { a: 1 }, 0, '2 of 2 fields differ: "a" is missing; "toString" is not expected.'],
  ])('%s differs', (output, expected, value, explanation) => {
    expect(judge(output, expected)).toMatchObject({ passed: false, value, explanation });
  });

  it('with "subset" lets the output have more fields, at any depth, but no longer lists', () => {
    expect(judge('{"a": {"b": 1, "c": 2}, "d": 3}', { a: { b: 1 } }, 'subset').passed).toBe(true);
    expect(judge('{"a": {"c": 2}}', { a: { b: 1 } }, 'subset').passed).toBe(false);
    expect(judge('[1, 2]', [1], 'subset').passed).toBe(false);
    expect(() => jsonEqual.prepare('superset')).toThrow(/"subset" or nothing/);
  });

  it('finds no answer where there is no JSON or nothing is expected', () => {
    expect(judge('ramen', order)).toMatchObject({ value: null, explanation: 'The output is not JSON.' });
    expect(judge('{}', null)).toMatchObject({ value: null });
  });
});
