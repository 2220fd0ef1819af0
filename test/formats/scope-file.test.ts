import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyScope, type Scope } from '../../server/domain/scope.ts';
import { readScopeFile, scopeYaml } from '../../server/formats/scope-file.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', '好', ' a: b # c', '- x\n- y\n', '\n\n  two\n', '"', "it's", '| ', '<b>', 'null', '0.5', '---\n'),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const scopes: fc.Arbitrary<Scope> = fc.record({
  problem: text,
  users: text,
  inputs: text,
  outputs: text,
  examples: fc.array(fc.record({ input: text, output: text }), { maxLength: 3 }),
  mustNever: text,
  privacy: text,
  targetPassRate: fc.option(share),
  minimumsByTag: fc.uniqueArray(
    fc.record({
      tag: fc.string({ minLength: 1, maxLength: 20 }).filter((tag) => tag === tag.trim() && tag !== ''),
      passRate: share,
    }),
    { maxLength: 3, selector: ({ tag }) => tag },
  ),
  maxCostUsdPer1000Calls: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  maxLatencyP95Ms: fc.option(fc.double({ min: 0.001, max: 1e9, noNaN: true })),
  dataMayLeave: fc.boolean(),
});

it('reads every scope back from the YAML that it writes, and from JSON', () => {
  fc.assert(
    fc.property(scopes, (scope) => {
      expect(readScopeFile('scope.yml', scopeYaml(scope))).toEqual(scope);
      expect(readScopeFile('scope.json', JSON.stringify(scope, null, 2))).toEqual(scope);
    }),
  );
});

it('asks only whether data may leave; what else is left out is not said', () => {
  expect(readScopeFile('scope.yml', 'dataMayLeave: false')).toEqual(emptyScope);
  expect(readScopeFile('scope.yml', scopeYaml())).toEqual(emptyScope);
  expect(() => readScopeFile('scope.yml', 'users: Owners')).toThrow(
    'scope.yml:1:1: "dataMayLeave" is missing. Add it, as boolean.',
  );
});

it.each([
  ['users: [Owners\ndataMayLeave: true\n', 'scope.yml:2:1: This is not YAML'],
  ['users: Owners\nuser: x\ndataMayLeave: true\n', 'scope.yml:2:1: This file'],
  ['dataMayLeave: true\ntargetPassRate: 80\n', 'scope.yml:2:17: "targetPassRate"'],
  ['dataMayLeave: yes\n', 'scope.yml:1:15: "dataMayLeave"'],
  [
    'dataMayLeave: true\nminimumsByTag:\n  - {tag: a, passRate: 0.5}\n  - {tag: a, passRate: 0.6}\n',
    'scope.yml:4:11: "minimumsByTag.1.tag" can\'t be used: "a" has a minimum already',
  ],
])('says where a file is wrong: %j', (source, message) => {
  expect(() => readScopeFile('scope.yml', source)).toThrow(message);
});
