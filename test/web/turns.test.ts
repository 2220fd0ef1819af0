import { expect, it } from 'vitest';
import { transcriptOf } from '../../web/src/components/turns.ts';

const turn = { role: 'user', content: 'Where is my order?' };

it('reads a list of turns as a conversation', () => {
  expect(transcriptOf([turn, { role: 'assistant', content: '' }])).toEqual([turn, { role: 'assistant', content: '' }]);
});

it.each([[[]], ['text'], [null], [[turn, 'text']], [[{ ...turn, name: 'Ada' }]], [[{ role: 'user' }]], [turn]])(
  'reads %j as none: nothing of it would be left out',
  (value) => expect(transcriptOf(value)).toBeNull(),
);
