import { expect, it } from 'vitest';
import { proposedAnswer } from '../../web/src/pages/prompts/proposed-answer.ts';

const labels = ['positive', 'negative'];
const judged = (answer: string | null) => ({
  type: 'judged' as const,
  outcome: 'failed' as const,
  scores: [{ scorer: 'label', value: answer === null ? null : 0, passed: false, answer, explanation: '' }],
});

it('proposes what a scorer read', () => {
  expect(proposedAnswer({ text: 'I say: negative', judged: judged('negative') }, labels)).toBe('negative');
});

it('proposes the one label that an answer names', () => {
  expect(proposedAnswer({ text: ' Positive.\n', judged: null }, labels)).toBe('positive');
  expect(proposedAnswer({ text: 'Positive.', judged: judged(null) }, labels)).toBe('positive');
});

it('proposes the text where it names none or several, or there are no labels', () => {
  expect(proposedAnswer({ text: 'neither\n', judged: null }, labels)).toBe('neither');
  expect(proposedAnswer({ text: 'positive or negative', judged: null }, labels)).toBe('positive or negative');
  expect(proposedAnswer({ text: ' A refund. ', judged: null }, [])).toBe('A refund.');
});
