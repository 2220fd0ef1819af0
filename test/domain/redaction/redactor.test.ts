import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectorNames, detectors, fold } from '../../../server/domain/redaction/detectors.ts';
import { Redactor } from '../../../server/domain/redaction/redactor.ts';
import { compileRules, firstRules, type RedactionRules } from '../../../server/domain/redaction/rules.ts';

const all: RedactionRules = { ...firstRules, detectors: detectorNames };
const redactor = (rules: Partial<RedactionRules> = {}) => new Redactor(compileRules({ ...all, ...rules }));

describe('texts', () => {
  test('name what was there, and count it', () => {
    const one = redactor();
    expect(one.text('Mail bob@example.com or ring 13800138000, card 4111 1111 1111 1111')).toBe(
      'Mail [email] or ring [phone], card [credit-card]',
    );
    expect(one.text('from 10.0.0.1 by bob@example.com')).toBe('from [ip-address] by [email]');
    expect(Object.fromEntries(one.counts)).toEqual({ email: 2, phone: 1, 'credit-card': 1, 'ip-address': 1 });
  });

  test('number equal values alike within what belongs together', () => {
    const one = redactor({ numbered: true });
    expect(one.text('Bob@example.com wrote to eve@example.com, bob@example.com answered')).toBe(
      '[email 1] wrote to [email 2], [email 1] answered',
    );
    expect(one.text('138-0013-8000 is 13800138000, and eve@example.com')).toBe('[phone 1] is [phone 1], and [email 2]');
    expect(redactor({ numbered: true }).text('eve@example.com')).toBe('[email 1]');
  });

  test('what overlaps becomes one, named by the longest, else by the rule that stands first', () => {
    const patterns = [{ name: 'order', pattern: 'ORD-\\d+' }];
    expect(redactor({ patterns }).text('ORD-13800138000')).toBe('[order]');
    expect(redactor({ patterns: [{ name: 'tail', pattern: 'com and' }] }).text('a@example.com and so on')).toBe(
      '[email] so on',
    );
    expect(redactor({ words: ['13800138000'] }).text('13800138000')).toBe('[word]');
  });

  test('own words are found whatever their case, the longest first', () => {
    const one = redactor({ words: ['Müller', 'Anna Müller', '张三', 'a.b'] });
    expect(one.text('ANNA MÜLLER und müller；客户张三说 a.b aXb')).toBe('[word] und [word]；客户[word]说 [word] aXb');
  });

  test('what a replacement uncovers goes as well', () => {
    const patterns = [{ name: 'cut', pattern: '\\b\\d{4}' }];
    expect(redactor({ patterns }).text('123456789 x')).toBe('[cut][cut]9 x');
    // Too many such passes: the whole text goes.
    expect(redactor({ patterns: [{ name: 'cut', pattern: '\\bx' }] }).text('x'.repeat(40))).toBe('[cut]');
  });

  test('what JSON writes by escapes is found, also in JSON within JSON', () => {
    const one = redactor({ words: ['张伟'] });
    const escaped = '{"name":"\\u5f20\\u4f1f","mail":"bob\\u0040example.com"}';
    expect(one.text(escaped)).toBe('{"name":"[word]","mail":"[email]"}');
    expect(one.text(JSON.stringify([escaped]))).toBe(JSON.stringify(['{"name":"[word]","mail":"[email]"}']));
    expect(one.text('"\\u5f20\\u4f1f was here"')).toBe('"[word] was here"');
    const nothing = '{ "name": "\\u674e",\n"said": "\\"no\\"" }';
    expect(one.text(nothing)).toBe(nothing);
  });

  test('a key takes no backslash of JSON along', () => {
    const inner = JSON.stringify({ said: 'password: abcd1234\n0"' });
    const redacted = redactor().text(JSON.stringify({ inner }));
    expect(JSON.parse(JSON.parse(redacted).inner)).toEqual({ said: 'password: [api-key]\n0"' });
  });

  test('JSON stays JSON', () => {
    const one = redactor();
    expect(one.text('{"phone":13800138000,"n":1.50}')).toBe('{"phone":"[phone]","n":1.5}');
    expect(one.text('{ "n": 1.50 }')).toBe('{ "n": 1.50 }');
    expect(one.text('{"mail":"bob\\u0040example.com","x":"a@b.org"}')).toBe('{"mail":"[email]","x":"[email]"}');
    // A number that JavaScript can't hold.
    expect(one.text('{"card": 4111111111111111110}')).toBe('{"card": [credit-card]}');
    expect(one.text('{broken a@b.org')).toBe('{broken [email]');
  });
});

describe('JSON', () => {
  test('names, numbers and what is deep inside', () => {
    expect(
      redactor().json({ 'a@b.org': [13800138000, { deep: 'x@y.org', ok: 7, none: null, yes: true }], 'c@d.org': 1 }),
    ).toEqual({ '[email]': ['[phone]', { deep: '[email]', ok: 7, none: null, yes: true }], "[email]'": 1 });
  });

  test('fields by their path', () => {
    const one = redactor({
      fields: [
        { path: 'customer.name', action: 'replace' },
        { path: 'customer.id', action: 'drop' },
        { path: 'items.*.note', action: 'replace' },
        { path: 'user.name', action: 'drop' },
      ],
    });
    const input = {
      customer: { name: 'Anna', id: 7, city: 'Ulm' },
      items: [{ note: 'a' }, { note: null }, 'x'],
      'user.name': 'anna',
      name: 'kept',
    };
    const redacted = {
      customer: { name: '[field]', city: 'Ulm' },
      items: [{ note: '[field]' }, { note: null }, 'x'],
      name: 'kept',
    };
    expect(one.json(input)).toEqual(redacted);
    expect(one.counts.get('field')).toBe(4);
    expect(one.json(redacted)).toEqual(redacted);
    expect(one.counts.get('field')).toBe(4);
    expect(one.text(JSON.stringify(input))).toBe(JSON.stringify(redacted));
  });
});

describe('rules', () => {
  test.each([
    [{ patterns: [{ name: 'x', pattern: '(' }] }, 'redaction_pattern_invalid'],
    [{ patterns: [{ name: 'x', pattern: '(?=a)' }] }, 'redaction_pattern_invalid'],
    [{ patterns: [{ name: 'x', pattern: '\\d*' }] }, 'redaction_pattern_empty'],
    [{ patterns: [{ name: 'Order No', pattern: 'x' }] }, 'redaction_pattern_name'],
    [{ patterns: [{ name: 'email', pattern: 'x' }] }, 'redaction_pattern_name'],
    [{ patterns: ['a', 'b'].map((pattern) => ({ name: 'same', pattern })) }, 'redaction_pattern_name'],
    [{ fields: [{ path: 'a..b', action: 'drop' as const }] }, 'redaction_path_invalid'],
  ])('%j is refused with what is wrong', (rules, code) => {
    expect(() => redactor(rules)).toThrow(expect.objectContaining({ code: 'redaction_rules_invalid' }));
    expect(() => redactor(rules)).toThrow(
      expect.objectContaining({ details: { reason: expect.objectContaining({ code }) } }),
    );
  });

  test('keys go whatever the rules say', () => {
    const none = new Redactor(compileRules({ ...firstRules, detectors: [] }));
    expect(none.text('sk-proj-abcDEF1234567890xyz, a@b.org')).toBe('[api-key], a@b.org');
  });
});

const patterns = [
  { name: 'order', pattern: 'ORD-?\\d{2,}' },
  { name: 'word-start', pattern: '\\b[xy]\\d' },
  { name: 'bracket', pattern: '[\\[\\]]{2,}' },
  { name: 'line', pattern: '(?m)^>.*$' },
];
const rules = compileRules({ ...all, patterns, words: ['secret', '张三'] });
const plainRules = [...rules.finders];
const sensitive = fc.oneof(
  ...['bob@example.com', '13800138000', '11010519491231002X', '4111 1111 1111 1111', 'DE89 3704 0044 0532 0130 00'].map(
    fc.constant,
  ),
  ...[
    'sk-abcdefghijklmnop12',
    '10.0.0.1',
    '::1',
    'ORD-77',
    'x1',
    '>',
    'secret',
    '张三',
    '[email]',
    '[phone 1]',
    '[',
    ']',
  ].map(fc.constant),
);
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: sensitive },
      fc.string({ maxLength: 3 }),
      fc.constantFrom('中文', ' ', '-', '1', '\n'),
    ),
    {
      maxLength: 20,
    },
  )
  .map((parts) => parts.join(''));
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.constant(13800138000),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;

describe('whatever the text', () => {
  test.each([false, true])('doing it again changes nothing (numbered: %s)', (numbered) => {
    const made = { ...rules, numbered };
    fc.assert(
      fc.property(text, (one) => {
        const once = new Redactor(made).text(one);
        const again = new Redactor(made);
        expect(again.text(once)).toBe(once);
        expect(again.counts.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('nothing that a rule finds is left outside of placeholders', () => {
    fc.assert(
      fc.property(text, (one) => {
        const redacted = new Redactor(rules).text(one);
        const kept = Array.from(redacted.matchAll(rules.placeholder), ({ 0: { length }, index }) => [
          index,
          index + length,
        ]);
        for (const { find, folded } of plainRules) {
          for (const { start, end } of find(folded ? fold(redacted) : redacted)) {
            const outside = Array.from({ length: end - start }, (_, at) => start + at).filter(
              (at) => !kept.some(([from = 0, to = 0]) => at >= from && at < to),
            );
            expect(outside).toEqual([]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a text in which nothing is found stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (one) => {
        fc.pre(rules.finders.every(({ find, folded }) => find(folded ? fold(one) : one).length === 0));
        expect(new Redactor(rules).text(one)).toBe(one);
      }),
    );
  });

  test('the same of JSON', () => {
    fc.assert(
      fc.property(json, (value) => {
        const given = JSON.parse(JSON.stringify(value));
        const once = new Redactor(rules).json(given);
        expect(new Redactor(rules).json(once)).toEqual(once);
        const written = JSON.stringify(once);
        for (const name of ['email', 'chinese-id', 'api-key'] as const) {
          expect(detectors[name](fold(written))).toEqual([]);
        }
      }),
    );
  });
});
