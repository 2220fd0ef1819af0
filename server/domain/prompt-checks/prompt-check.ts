/** What is worth changing in a prompt though it can be used: `warning` costs answers or honesty, `hint` costs money or clarity. */
export type PromptCheck = {
  name: CheckName;
  level: 'warning' | 'hint';
  /** Where: the message from 0, the line from 1; null where it concerns the whole prompt. */
  message: number | null;
  line: number | null;
  values: Readonly<Record<string, string | number>>;
};

export const checkNames = [
  'format_unsaid',
  'label_unnamed',
  'variable_unknown',
  'variable_unused',
  'holdout_exact',
  'holdout_near',
  'beginning_varies',
] as const;
export type CheckName = (typeof checkNames)[number];
