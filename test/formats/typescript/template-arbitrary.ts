import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../server/domain/json.ts';
import { templateProblems } from '../../../server/domain/template.ts';

/** Templates of everything that prompts may hold, also where it makes no sense, and values for them. */

const names = ['a', 'b', 'list', 'thing'];
const path = fc.constantFrom(
  ...names,
  'this',
  '../a',
  '../../b',
  'this.a',
  './b',
  'thing.a',
  'thing.list.length',
  'list.[0]',
  '@index',
  '@key',
  '@first',
  '@last',
  '@root.a',
  '@../index',
  'item',
  'item.a',
  'place',
);
const literal = fc.constantFrom('"te\\"xt"', "'x'", '0', '12', 'true', 'false', 'null', 'undefined');
const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: path },
  { weight: 1, arbitrary: literal },
  { weight: 1, arbitrary: fc.tuple(path, literal).map(([name, other]) => `(default ${name} ${other})`) },
  { weight: 1, arbitrary: path.map((name) => `(json ${name})`) },
);
const plain = fc.constantFrom(
  '\n',
  ' ',
  'x',
  '"quoted"',
  '\\{{a}}',
  '{',
  '}',
  '{% if %}',
  '很好🍜',
  '\u2028',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not become one.
  '`${a}`',
  '\\',
  '*/',
  '  \n',
);
const leaf = fc.oneof(
  plain,
  path.map((name) => `{{${name}}}`),
  path.map((name) => `{{~${name}~}}`),
  path.map((name) => `{{{${name}}}}`),
  fc.tuple(value, value).map(([one, other]) => `{{default ${one} ${other}}}`),
  value.map((one) => `{{json ${one}}}`),
  fc.constant('{{! note }}'),
);
const opening = fc.oneof(
  value.map((one) => ['if', one]),
  value.map((one) => ['unless', one]),
  value.map((one) => ['if', `${one} includeZero=true`]),
  value.map((one) => ['each', one]),
  path.map((one) => ['each', `${one} as |item place|`]),
  path.map((one) => ['with', one]),
  path.map((one) => ['with', `${one} as |item|`]),
);

/** Blocks stand in blocks up to three deep. */
const block: fc.Arbitrary<string> = fc.letrec<{ piece: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'blocks' },
    { weight: 2, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          opening,
          fc.array(tie('piece'), { maxLength: 3, depthIdentifier: 'blocks' }),
          fc.option(fc.array(tie('piece'), { maxLength: 2, depthIdentifier: 'blocks' })),
        )
        .map(([[name, given], inner, other]) => {
          const otherwise = other === null ? '' : `{{else}}${other.join('')}`;
          return `{{#${name} ${given}}}${inner.join('')}${otherwise}{{/${name}}}`;
        }),
    },
  ),
})).piece;

/** A template that can be read: braces side by side make some that can't. */
export const template: fc.Arbitrary<string> = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .map((blocks) => blocks.join(''))
  .filter((content) => templateProblems({ messages: [{ role: 'user', content }] }).length === 0);

const scalar = fc.constantFrom<JsonValue[]>('', 'x', '{{a}}', '0', 0, 1, -2.5, true, false, null, '差评 "q"\n');
const item: fc.Arbitrary<JsonValue> = fc.oneof(
  scalar,
  fc.record({ a: scalar, b: scalar }, { requiredKeys: [] }),
  fc.array(scalar, { maxLength: 3 }),
);
const list = fc.array(item, { maxLength: 3 });
const given: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 3, arbitrary: item },
  { weight: 3, arbitrary: list },
  { weight: 2, arbitrary: fc.record({ a: item, list, b: list }, { requiredKeys: [] }) },
);

/** Variables of a case; some may lack. */
export const jsonValues: fc.Arbitrary<JsonObject> = fc
  .record({ a: given, b: given, list: fc.oneof(list, given), thing: given, toString: scalar }, { requiredKeys: [] })
  .map((variables) => JSON.parse(JSON.stringify(variables)));
