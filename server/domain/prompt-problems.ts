import type { PromptContent, ResponseFormat } from './prompt.ts';
import { type TemplateProblem, templateProblems } from './template.ts';

/** What keeps a prompt from being used: in which message (from 0) and line (from 1) where it has a place, and why. */
export type PromptProblem = Omit<TemplateProblem, 'message'> & { message: number | null };

/** Everything that is wrong with a prompt itself, whatever it is filled with; empty where it can be saved. */
export const contentProblems = (content: PromptContent): PromptProblem[] => [
  ...(content.messages.length === 0 ? [whole({ code: 'no_message', values: {}, text: 'there is no message' })] : []),
  ...templateProblems(content),
  ...formatProblems(content.responseFormat).map(whole),
];

type Reason = Pick<PromptProblem, 'code' | 'values' | 'text'>;

const whole = (reason: Reason): PromptProblem => ({ message: null, line: null, ...reason });

function formatProblems(format: ResponseFormat): Reason[] {
  if (format.type !== 'labels') return [];
  if (format.labels.length < 2) {
    return [{ code: 'labels_missing', values: {}, text: 'there are fewer than two labels to choose from' }];
  }
  if (format.labels.some((label) => label.trim() === '')) {
    return [{ code: 'label_empty', values: {}, text: 'a label is empty' }];
  }
  const folded = format.labels.map((label) => label.trim().toLowerCase());
  const label = format.labels.find((_, index) => folded.indexOf(folded[index] ?? '') !== index);
  if (label === undefined) return [];
  const text = `the label "${label}" is there twice; case and spaces do not tell labels apart`;
  return [{ code: 'label_twice', values: { label }, text }];
}
