import { expect, test } from 'vitest';
import { retryAfterMs } from '../../server/providers/retry-after.ts';

const now = Date.parse('2026-05-01T12:00:00Z');

test.each([
  [{}, null],
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Fri, 01 May 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Fri, 01 May 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '' }, null],
  [{ 'retry-after': '-3' }, null],
  [{ 'retry-after-ms': '1500' }, 1500],
  [{ 'retry-after-ms': '1500.5', 'retry-after': '9' }, 1500.5],
  [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
])('%j', (headers, expected) => {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  expect(retryAfterMs(new Headers(given), now)).toBe(expected);
});
