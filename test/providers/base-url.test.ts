import { expect, test } from 'vitest';
import { destinationOf, parseBaseUrl } from '../../server/providers/base-url.ts';

test.each([
  ['http://127.0.0.1:1234/v1', 'loopback'],
  ['http://127.8.9.10', 'loopback'],
  ['http://localhost:11434/v1', 'loopback'],
  ['http://LOCALHOST./v1', 'loopback'],
  ['http://models.localhost/v1', 'loopback'],
  ['http://[::1]:8000/v1', 'loopback'],
  ['http://[::ffff:127.0.0.1]/v1', 'loopback'],
  ['http://2130706433/v1', 'loopback'],
  ['https://api.openai.com/v1', 'network'],
  ['http://192.168.1.5:8000/v1', 'network'],
  ['http://127.0.0.1.example.com/v1', 'network'],
  ['http://localhost.example.com/v1', 'network'],
  ['http://notlocalhost/v1', 'network'],
  ['http://[::2]/v1', 'network'],
])('%s is %s', (text, destination) => {
  const url = parseBaseUrl(text);
  expect(url === null ? null : destinationOf(url)).toBe(destination);
});

test.each([
  '',
  'localhost:8000',
  'api.openai.com/v1',
  'file:///etc',
  'https://user:pass@host/v1',
  'https://key@host/v1',
])('"%s" can’t be called', (text) => {
  expect(parseBaseUrl(text)).toBeNull();
});
