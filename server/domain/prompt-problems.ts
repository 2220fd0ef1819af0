import type { PromptContent, ResponseFormat } from './prompt.ts';
import { templateProblems } from './template.ts';

/** What keeps a prompt from being used: in which message (from 0) and line (from 1) where it has a place, and why. */
export type PromptProblem = { message: number | null; line: number | null; text: string };

/** Everything that is wrong with a prompt itself, whatever it is filled with; empty where it can be saved. */
export const contentProblems = (content: PromptContent): PromptProblem[] => [
  ...(content.messages.length === 0 ? [{ message: null, line: null, text: 'there is no message' }] : []),
  ...templateProblems(content),
  ...formatProblems(content.responseFormat).map((text) => ({ message: null, line: null, text })),
];

function formatProblems(format: ResponseFormat): string[] {
  if (format.type !== 'labels') return [];
  if (format.labels.length < 2) return ['there are fewer than two labels to choose from'];
  if (format.labels.some((label) => label.trim() === '')) return ['a label is empty'];
  const folded = format.labels.map((label) => label.trim().toLowerCase());
  const twice = format.labels.find((_, index) => folded.indexOf(folded[index] ?? '') !== index);
  return twice === undefined ? [] : [`the label "${twice}" is there twice; case and spaces do not tell labels apart`];
}
