import { describe, expect, it } from 'vitest';
import { jsonGrammar } from '../../../server/providers/local/json-grammar.ts';

const rootOf = (schema: Parameters<typeof jsonGrammar>[0]) => jsonGrammar(schema).grammar.split('\n')[0];

// What the grammars allow is tested with the model, in local.test.ts.
describe('jsonGrammar', () => {
  it('writes constants and enumerations as JSON', () => {
    expect(rootOf({ const: 'a "b"' })).toBe('root ::= "\\"a \\\\\\"b\\\\\\"\\""');
    expect(rootOf({ enum: ['x', 1, null] })).toBe('root ::= ("\\"x\\"" | "1" | "null")');
  });

  it('leaves a schema open where it says nothing', () => {
    expect(rootOf({})).toBe('root ::= value');
    expect(rootOf({ type: 'object' })).toBe('root ::= object');
    expect(rootOf({ type: ['string', 'null'] })).toBe('root ::= (string | null)');
  });

  it('lets optional properties be left out, and begins with a comma only after another', () => {
    const { grammar } = jsonGrammar({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
      required: ['b'],
    });
    expect(grammar).toContain('"\\"b\\"" ": " integer');
    expect(grammar).toContain('", " "\\"b\\"" ": " integer');
    expect(grammar).toMatch(/fields-\d+ ::= "\\"a\\"" ": " string fields-\d+ \| fields-\d+/);
  });

  it('names what it does not enforce, and not what only describes', () => {
    expect(
      jsonGrammar({ type: 'object', title: 'T', properties: { a: { type: 'integer', minimum: 1, description: 'd' } } })
        .unenforced,
    ).toEqual(['minimum']);
  });

  it('ends for a schema that refers to itself', () => {
    const { grammar } = jsonGrammar({
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
      $ref: '#/$defs/node',
    });
    expect(grammar).toContain('reference-0 ::= "{"');
  });
});
