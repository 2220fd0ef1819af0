import { describe, expect, test } from 'vitest';
import { type DetectorName, detectors, fold } from '../../../server/domain/redaction/detectors.ts';

// In pieces: nothing that looks like a secret may stand in a file.
const githubToken = `ghp_${'abcdefghijklmnopqrstuvwxyz0123456789'}`;
const awsKey = `AKIA${'IOSFODNN7EXAMPLE'}`;
const webToken = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'abc-_1'].join('.');
const privateKey = 'PRIVATE KEY';

/** What is found and stands in nothing longer that is found. */
const found = (name: DetectorName, text: string) => {
  const spans = detectors[name](fold(text));
  const texts = spans
    .filter(
      ({ start, end }) =>
        !spans.some((other) => other.start <= start && other.end >= end && other.end - other.start > end - start),
    )
    .map(({ start, end }) => text.slice(start, end));
  return [...new Set(texts)].sort();
};

describe.each<[DetectorName, [string, string[]][], string[]]>([
  [
    'email',
    [
      ["Write to bob.o'hara+x@mail.example.com.", ["bob.o'hara+x@mail.example.com"]],
      ['我的邮箱是zhang.san@example.cn请联系', ['zhang.san@example.cn']],
      ['ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ', ['ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ']],
      ['a@example.com,b@xn--fiqs8s.xn--fiqs8s', ['a@example.com', 'b@xn--fiqs8s.xn--fiqs8s']],
      [`${'x'.repeat(80)}@example.com`, [`${'x'.repeat(80)}@example.com`]],
    ],
    ['@mention', 'a@b', 'user@localhost', '3 @ 5.20', 'a@example.1', 'a @example.com'],
  ],
  [
    'phone',
    [
      ['电话13800138000请回电', ['13800138000']],
      ['手机１３８００１３８０００', ['１３８００１３８０００']],
      ['138 0013 8000 or 139-1234-5678', ['138 0013 8000', '139-1234-5678']],
      ['+86 138-0013-8000, 008613800138000', ['+86 138-0013-8000', '008613800138000']],
      ['座机010-12345678或(0571)88888888', ['(0571)88888888', '010-12345678']],
      ['+49 30 901820; +1 (415) 555-2671', ['+1 (415) 555-2671', '+49 30 901820']],
      ['(415) 555-2671, 415.555.2671', ['(415) 555-2671', '415.555.2671']],
      ['020 7946 0958; 06 12 34 56 78; 0171 1234567', ['0171 1234567', '020 7946 0958', '06 12 34 56 78']],
    ],
    [
      '12800138000',
      '138001380001',
      '113800138000',
      '0.13800138000',
      '2026-11-30',
      '12:30:45',
      '+12345',
      '1,234,567',
      '115-555-2671',
    ],
  ],
  [
    'chinese-id',
    [
      ['身份证11010519491231002X号', ['11010519491231002X']],
      ['id 11010519491231002x', ['11010519491231002x']],
      ['440308 19990101 0012', ['440308 19990101 0012']],
    ],
    ['110105194912310021', '11010519491331002X', '111010519491231002X', '1101051949123100'],
  ],
  [
    'iban',
    [
      ['IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF', ['DE89 3704 0044 0532 0130 00']],
      ['账号GB82WEST12345698765432谢谢', ['GB82WEST12345698765432']],
      ['gb82west12345698765432', ['gb82west12345698765432']],
      ['NO9386011117947, FR1420041010050500013M02606', ['FR1420041010050500013M02606', 'NO9386011117947']],
    ],
    [
      'DE88370400440532013000',
      'DE8937040044053201300',
      'XX89370400440532013000',
      'ADE89370400440532013000',
      'DE893704004405320130001',
    ],
  ],
  [
    'credit-card',
    [
      ['card 4111 1111 1111 1111 123', ['4111 1111 1111 1111']],
      ['卡号5555555555554444，', ['5555555555554444']],
      ['378282246310005; 3530-1113-3330-0000', ['3530-1113-3330-0000', '378282246310005']],
      ['6011000990139424 30569309025904', ['30569309025904', '6011000990139424']],
      ['6205 5000 0000 0000 004', ['6205 5000 0000 0000 004']],
      ['4222222222222', ['4222222222222']],
    ],
    ['4111111111111112', '1700000000000', '41111111111111111', '9111111111111111', '411111111111'],
  ],
  [
    'ip-address',
    [
      ['from 192.168.1.10:8080, 8.8.8.8', ['192.168.1.10', '8.8.8.8']],
      ['服务器10.0.0.1故障', ['10.0.0.1']],
      ['2001:db8::8a2e:370:7334 and ::1 and ::ffff:10.0.0.1', ['2001:db8::8a2e:370:7334', '::1', '::ffff:10.0.0.1']],
    ],
    ['256.1.1.1', '1.2.3', '1.2.3.4.5', '12:30:45', 'std::vector', 'a::before', 'x :: Int', 'de:ad:be:ef'],
  ],
  [
    'api-key',
    [
      ['key sk-proj-abcDEF1234567890xyz here', ['sk-proj-abcDEF1234567890xyz']],
      ['密钥sk_live_abcDEF1234567890', ['sk_live_abcDEF1234567890']],
      [githubToken, [githubToken]],
      [awsKey, [awsKey]],
      [webToken, [webToken]],
      ['password: hunter22a', ['hunter22a']],
      ['"api_key": "0123456789abcdef"', ['0123456789abcdef']],
      ['密码是abc12345，', ['abc12345']],
      ['Authorization: Bearer abcdef1234567', ['abcdef1234567']],
      ['https://bob:s3cret@host/path', ['s3cret']],
    ],
    [
      'sk-learn',
      'task-force-of-many-people',
      'password: forgotten',
      'the token of appreciation',
      'AKIA is a prefix',
      'eyJust.a.text',
    ],
  ],
])('%s', (name, hits, misses) => {
  test.each(hits)('%s', (text, expected) => expect(found(name, text)).toEqual(expected.toSorted()));
  test.each(misses)('not %s', (text) => expect(found(name, text)).toEqual([]));
});

test('a private key as a whole', () => {
  const key = `-----BEGIN RSA ${privateKey}-----\nMIIEow\n+/=\n-----END RSA ${privateKey}-----`;
  expect(found('api-key', `before ${key} after`)).toEqual([key]);
});
