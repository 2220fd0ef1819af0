import { expect, it } from 'vitest';
import { callFailureOf, callFailureSaid } from '../../server/domain/unobserved-call.ts';

it.each([
  ['429', 'rate_limited'],
  ['RateLimitError', 'rate_limited'],
  ['openai.APITimeoutError', 'timeout'],
  ['timeout', 'timeout'],
  ['504', 'timeout'],
  ['AuthenticationError', 'unauthorized'],
  ['403', 'unauthorized'],
  ['NotFoundError', 'model_not_found'],
  ['500', 'server_error'],
  ['InternalServerError', 'server_error'],
  ['ECONNREFUSED', 'unreachable'],
  ['APIConnectionError', 'connection_lost'],
  ['ECONNRESET', 'connection_lost'],
  ['BadRequestError', 'refused_request'],
  ['418', 'refused_request'],
  ['_OTHER', 'other'],
  ['', 'other'],
])('reads "%s" as %s', (said, kind) => {
  expect(callFailureSaid([said])).toBe(kind);
});

it('takes the first of what is said that it knows', () => {
  expect(callFailureSaid([undefined, 'Error', 503, 'RateLimitError'])).toBe('server_error');
  expect(callFailureSaid(['x'.repeat(100_000)])).toBe('other');
});

it('takes what is no failure of a model for another one', () => {
  const codes = ['timeout', 'connection_key_missing', 'data_may_not_leave'];
  expect(codes.map(callFailureOf)).toEqual(['timeout', 'unauthorized', 'other']);
});
