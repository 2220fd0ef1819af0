import type { JudgingEstimate } from '../services/evaluate/judging-estimate.ts';
import { formatCount, formatUsd } from './format.ts';

/** What judging would ask and cost, as a part of a plan's line. */
export function judgingText({
  calls,
  cachedCalls,
  texts,
  inputTokens,
  outputTokens,
  costUsd,
}: JudgingEstimate): string {
  const cached = cachedCalls === 0 ? '' : ` (${formatCount(cachedCalls)} of them from the cache)`;
  const tokens = `about ${formatCount(inputTokens)} tokens in and ${formatCount(outputTokens)} out`;
  const parts = [
    ...(calls === 0 ? [] : [`${formatCount(calls)} calls of the judge model${cached}, ${tokens}`]),
    ...(texts === 0 ? [] : [`embeddings of ${formatCount(texts)} texts`]),
  ];
  return `; judging: ${parts.join(', ')}, cost about ${formatUsd(costUsd)}`;
}
