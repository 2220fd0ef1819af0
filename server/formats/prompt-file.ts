import type { PromptContent } from '../domain/prompt.ts';

/** What a file says of a prompt version. */
export type PromptFile = {
  content: PromptContent;
  note: string;
  /** Fields that a prompt version has no place for, such as `testData` or `model`. */
  leftOut: readonly string[];
};
