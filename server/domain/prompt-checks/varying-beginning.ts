import type { PromptContent } from '../prompt.ts';
import { estimateTokens } from '../tokens.ts';
import { fixedText, tagsOf } from './fixed-text.ts';
import type { PromptCheck } from './prompt-check.ts';

/** Less fixed text behind the first variable is not worth a hint. */
const WORTH_TOKENS = 40;
/** Nor is it where most of the fixed text stands before it. */
const WORTH_SHARE = 1 / 3;

/**
 * Fixed text that stands behind the first variable. Providers reuse (and price lower) the tokens with which a request begins as an earlier one did;
 * from the first value on, which differs from case to case, all is read anew.
 */
export function checkVaryingBeginning({ messages }: Pick<PromptContent, 'messages'>): PromptCheck[] {
  const first = messages.findIndex((message) => tagsOf(message).length > 0);
  const varying = messages[first];
  const [variable] = varying === undefined ? [] : tagsOf(varying);
  if (varying === undefined || variable === undefined) return [];
  const before = [...messages.slice(0, first).map(fixedText), varying.content.slice(0, variable.start)];
  const behind = [
    fixedText({ content: varying.content.slice(variable.start) }),
    ...messages.slice(first + 1).map(fixedText),
  ];
  const [reused, lost] = [before, behind].map((texts) => texts.reduce((sum, text) => sum + estimateTokens(text), 0));
  if (reused === undefined || lost === undefined || lost < WORTH_TOKENS || lost < WORTH_SHARE * (reused + lost))
    return [];
  return [{ name: 'beginning_varies', level: 'hint', message: first, line: variable.line, values: { reused, lost } }];
}
