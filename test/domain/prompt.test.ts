import { expect, it } from 'vitest';
import { exampleCount, type MessageRole } from '../../server/domain/prompt.ts';

const messages = (...roles: MessageRole[]) => ({ messages: roles.map((role) => ({ role, content: role })) });

it('counts examples as pairs of a user and an assistant', () => {
  expect(exampleCount(messages('system', 'user'))).toBe(0);
  expect(exampleCount(messages('system', 'user', 'assistant', 'user', 'assistant', 'user'))).toBe(2);
  expect(exampleCount(messages('assistant', 'user', 'user'))).toBe(0);
});

it('counts no beginning that the model continues', () => {
  expect(exampleCount(messages('user', 'assistant'))).toBe(0);
  expect(exampleCount(messages('user', 'assistant', 'user', 'assistant'))).toBe(1);
});
