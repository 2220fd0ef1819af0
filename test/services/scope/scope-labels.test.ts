import { expect, it } from 'vitest';
import { labelsOfScope } from '../../../server/services/scope/scope-labels.ts';

it.each([
  ['Exactly one word, positive or negative, by the overall verdict.', [], ['positive', 'negative']],
  ['billing, shipping, other', [], ['billing', 'shipping', 'other']],
  ['一个词:正面或负面', [], ['正面', '负面']],
  ['One of billing, shipping, or other.', ['billing', 'shipping'], ['billing', 'shipping', 'other']],
  // The examples of the page itself.
  ['Exactly one of billing, outage, contract, other. No explanation.', [], ['billing', 'outage', 'contract', 'other']],
  ['Exactly one of refund, delivery, other.', ['refund', 'delivery'], ['refund', 'delivery', 'other']],
  ['账单、故障、合同、其他四者之一，不作解释。', [], ['账单', '故障', '合同', '其他']],
  ['退款、物流、其他三者之一。', ['退款'], ['退款', '物流', '其他']],
  ['以下三类之一：退款、物流、其他', ['退款'], ['退款', '物流', '其他']],
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
