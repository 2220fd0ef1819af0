import { expect, it } from 'vitest';
import { labelsOfScope } from '../../../server/services/scope/scope-labels.ts';

it.each([
  ['Exactly one word, positive or negative, by the overall verdict.', [], ['positive', 'negative']],
  ['billing, shipping, other', [], ['billing', 'shipping', 'other']],
  ['一个词:正面或负面', [], ['正面', '负面']],
  ['One of billing, shipping, or other.', ['billing', 'shipping'], ['billing', 'shipping', 'other']],
  ['The mood: very good, good or bad', ['very good', 'bad'], ['very good', 'good', 'bad']],
  // Whoever reads sentences, too, would find labels in them.
  ['A summary in two or three sentences, friendly and short.', [], []],
  ['两三句话的摘要,语气友好', [], []],
  ['One of billing or shipping', ['A whole sentence that answers the question at some length.'], []],
  ['A number', ['12', '7'], []],
  ['', [], []],
])('%s with the outputs %j has the labels %j', (outputs, shown, labels) => {
  expect(labelsOfScope({ outputs, examples: shown.map((output) => ({ input: 'x', output })) })).toEqual(labels);
});
