import type { JsonValue } from './json.ts';
import type { PromptContent } from './prompt.ts';
import { estimateTokens } from './tokens.ts';

const freeTextTokens = 200;
const leastTokens = 16;

/** Tokens that an answer may take, for planning: the longest label, about what is expected, or a paragraph; never above the prompt's maximum. */
export function estimateOutputTokens(
  content: Pick<PromptContent, 'parameters' | 'responseFormat'>,
  expected: JsonValue,
): number {
  const most = content.parameters.maxTokens ?? Number.POSITIVE_INFINITY;
  return Math.min(most, unlimited(content.responseFormat, expected));
}

function unlimited(format: PromptContent['responseFormat'], expected: JsonValue): number {
  if (format.type === 'labels') return Math.max(...format.labels.map(estimateTokens)) + 1;
  if (expected === null) return freeTextTokens;
  const text = typeof expected === 'string' ? expected : JSON.stringify(expected);
  return Math.max(leastTokens, estimateTokens(text));
}
