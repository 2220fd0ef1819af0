import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScorerSpec, metricOf, parseScorerSpec } from '../../server/domain/scorer-spec.ts';

describe('parseScorerSpec', () => {
  it.each([
    ['label', { name: 'label', args: '', negate: false, weight: 1 }],
    ['contains:refund', { name: 'contains', args: 'refund', negate: false, weight: 1 }],
    ['not:contains:refund', { name: 'contains', args: 'refund', negate: true, weight: 1 }],
    ['2*label', { name: 'label', args: '', negate: false, weight: 2 }],
    ['0.5*not:contains:a:b*c\nd', { name: 'contains', args: 'a:b*c\nd', negate: true, weight: 0.5 }],
    ['regex:/a*(b)/i', { name: 'regex', args: '/a*(b)/i', negate: false, weight: 1 }],
    ['tone=label', { name: 'label', args: '', negate: false, weight: 1, metric: 'tone' }],
    ['语气=2*not:contains:a=b', { name: 'contains', args: 'a=b', negate: true, weight: 2, metric: '语气' }],
    ['word-count:<=100', { name: 'word-count', args: '<=100', negate: false, weight: 1 }],
    ['regex:a=(b)', { name: 'regex', args: 'a=(b)', negate: false, weight: 1 }],
    ['contains: not:x ', { name: 'contains', args: ' not:x ', negate: false, weight: 1 }],
  ])('reads %j', (text, spec) => {
    expect(parseScorerSpec(text)).toEqual(spec);
  });

  it.each([
    '',
    ':x',
    '0*label',
    '-1*label',
    '*label',
    'x*label',
    'Infinity*label',
    'not:',
    'not',
    'not:not:label',
    'not:2*label',
    'a=',
    '2*a=label',
    'Label',
    'a b',
  ])('refuses %j and shows the form', (text) => {
    expect(() => parseScorerSpec(text)).toThrow(/2\*not:contains:refund/);
    expect(() => parseScorerSpec(text)).toThrow(expect.objectContaining({ code: 'scorer_spec_invalid' }));
  });
});

it('what is formatted is read back the same', () => {
  const specs = fc.record(
    {
      name: fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/).filter((name) => name !== 'not'),
      args: fc.string({ unit: 'binary' }),
      negate: fc.boolean(),
      weight: fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
      metric: fc.constantFrom('tone', 'F1 / words', '语气', 'a-b_c 2'),
    },
    { requiredKeys: ['name', 'args', 'negate', 'weight'] },
  );
  fc.assert(
    fc.property(specs, (spec) => {
      expect(parseScorerSpec(formatScorerSpec(spec))).toEqual(spec);
    }),
  );
});

it.each(['=label', ' =label', '-a=label', `${'a'.repeat(41)}=label`, 'a\nb=label'])(
  'no metric is named by %j',
  (text) => {
    expect(() => parseScorerSpec(text)).toThrow(expect.objectContaining({ code: 'scorer_metric_invalid' }));
  },
);

it('a scorer counts under its name, else under itself', () => {
  expect(metricOf('tone=2*rubric:It is = polite')).toBe('tone');
  expect(metricOf('2*rubric:It is = polite')).toBe('2*rubric:It is = polite');
});
