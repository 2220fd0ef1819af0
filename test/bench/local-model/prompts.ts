import path from 'node:path';
import type { CompletionRequest } from '../../../server/domain/completion.ts';
import { caseText } from '../../../server/domain/evaluation-set.ts';
import type { Message } from '../../../server/domain/prompt.ts';
import { readSetFolder } from '../../../server/formats/set-folder.ts';
import { drawSplits } from '../../../server/services/evaluate/draw-splits.ts';

export type BenchPrompt = Pick<CompletionRequest, 'messages' | 'parameters' | 'responseFormat'>;

const root = path.join(import.meta.dirname, '..', '..', '..');

/** Reviews of the sample's dev cases. */
export async function devReviews(): Promise<string[]> {
  const { cases, holdoutShare } = await readSetFolder(path.join(root, 'evals', 'sets', 'restaurant-reviews'));
  const joining = cases.map((item) => ({ ...item, split: null }));
  return (await drawSplits([], joining, { holdoutShare, seed: 'bench' }))
    .filter(({ split }) => split === 'dev')
    .map(({ variables }) => caseText(variables));
}

/** The label of each review, after a long beginning that all share: an instruction and six examples. */
export const labelPrompts = (reviews: readonly string[]): BenchPrompt[] =>
  inOrder(
    reviews.map((review) => ({
      messages: [...examples, { role: 'user', content: `Review: ${review}` }],
      parameters: { temperature: 0, maxTokens: 16 },
      responseFormat: { type: 'labels', labels: ['positive', 'negative'] },
    })),
  );

/** A short text about each review. */
export const textPrompts = (reviews: readonly string[]): BenchPrompt[] =>
  inOrder(
    reviews.map((review) => ({
      messages: [
        { role: 'system', content: 'You answer what guests write of a restaurant, politely and in a few sentences.' },
        { role: 'user', content: review },
      ],
      parameters: { temperature: 0, maxTokens: 48 },
      responseFormat: { type: 'text' },
    })),
  );

/** As a run orders its cases. */
const inOrder = (prompts: BenchPrompt[]): BenchPrompt[] => prompts.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

const textOf = ({ messages }: BenchPrompt): string =>
  messages.map(({ role, content }) => `${role}\n${content}`).join('\n');

const example = (review: string, label: string): Message[] => [
  { role: 'user', content: `Review: ${review}` },
  { role: 'assistant', content: label },
];

const examples: Message[] = [
  {
    role: 'system',
    content: [
      'You classify reviews of restaurants by what the guest thinks of the visit on the whole.',
      'Where a review praises some things and complains of others, the overall verdict counts; irony means the opposite of its words.',
      'Answer with one word only: positive or negative.',
    ].join('\n'),
  },
  ...example('I came expecting nothing special, and I have not stopped talking about the lamb since.', 'positive'),
  ...example('Strong cocktails, but two of us sent cold fish back and nobody apologised.', 'negative'),
  ...example('The queue is long and you pay in cash. The noodles make all of it worth it.', 'positive'),
  ...example('Great idea to seat a family of five next to the bins. Really set the mood.', 'negative'),
  ...example('They remembered my name and my allergy from a year ago.', 'positive'),
  ...example('Lovely pictures on the wall. The food was cold, bland and late.', 'negative'),
];
