import { expect, it } from 'vitest';
import { durationMs, serverAllowances } from '../../server/providers/rate-limit-headers.ts';

it.each([
  ['1m30s', 90_000],
  ['6m0s', 360_000],
  ['6ms', 6],
  ['1.5s', 1500],
  ['1h2m3s', 3_723_000],
  ['1d', 86_400_000],
  ['12', 12_000],
  ['0s', 0],
])('reads %s', (text, ms) => {
  expect(durationMs(text)).toBeCloseTo(ms);
});

it.each([null, '', 'soon', '1m30', '-1s', '1 m', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
  'takes %s for no duration',
  (text) => {
    expect(durationMs(text)).toBeNull();
  },
);

it('reads the limits of requests and tokens', () => {
  const headers = new Headers({
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '59',
    'x-ratelimit-reset-requests': '1s',
    'x-ratelimit-limit-tokens': '150000',
    'x-ratelimit-remaining-tokens': '149984',
    'x-ratelimit-reset-tokens': '6m0s',
  });
  expect(serverAllowances(headers)).toEqual({
    requests: { limit: 60, remaining: 59, resetMs: 1000 },
    tokens: { limit: 150_000, remaining: 149_984, resetMs: 360_000 },
  });
});

it('reads one alone, and nothing where the server says nothing that can be read', () => {
  const tokens = { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '500ms' };
  expect(serverAllowances(new Headers(tokens))).toEqual({
    requests: null,
    tokens: { limit: null, remaining: 0, resetMs: 500 },
  });
  expect(serverAllowances(new Headers({ 'x-ratelimit-remaining-tokens': '12' }))).toBeNull();
  expect(serverAllowances(new Headers())).toBeNull();
});

it.each(['1764028800', '1764028800000', '2d', '-5', '-1s'])('takes a reset of %s for no duration', (reset) => {
  const headers = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': reset };
  expect(serverAllowances(new Headers(headers))).toBeNull();
});
