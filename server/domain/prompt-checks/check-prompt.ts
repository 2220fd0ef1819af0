import type { PromptContent } from '../prompt.ts';
import { checkLabelNames } from './label-names.ts';
import { checkOutputFormat } from './output-format.ts';
import type { PromptCheck } from './prompt-check.ts';
import { checkVariableUse } from './variable-use.ts';
import { checkVaryingBeginning } from './varying-beginning.ts';

/** All that a prompt itself and the fields of its set tell; `given` is null where there is no set. Cases are looked for by `holdoutLeakFinder`. */
export const checkPrompt = (
  content: PromptContent,
  { used, given }: { used: readonly string[]; given: readonly string[] | null },
): PromptCheck[] => [
  ...checkOutputFormat(content),
  ...checkLabelNames(content),
  ...(given === null ? [] : checkVariableUse(content, used, given)),
  ...checkVaryingBeginning(content),
];
