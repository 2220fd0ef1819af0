import type { PromptContent } from './prompt-version.ts';
import type { Cell } from './use-cells.ts';

/** What a model's answer proposes as the expected value: what a scorer read, else the one label that it names, else its text. */
export function proposedAnswer({ text, judged }: Pick<Cell, 'text' | 'judged'>, labels: readonly string[]): string {
  const read = judged?.scores.find(({ answer }) => answer !== null)?.answer;
  if (read != null) return read;
  const said = text.trim();
  const named = labels.filter((label) => said.toLowerCase().includes(label.toLowerCase()));
  const [only, ...others] = named;
  return only === undefined || others.length > 0 ? said : only;
}

export const labelsOf = ({ responseFormat }: PromptContent): readonly string[] =>
  responseFormat.type === 'labels' ? responseFormat.labels : [];
