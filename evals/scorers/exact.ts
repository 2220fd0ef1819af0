import type { PureScorer } from '../../server/domain/scorer.ts';
import { compared, emptyOutput, expectedText, nothingExpected } from './shared/score.ts';

/**
 * The output equals the expected text, character by character, but for space at both ends. Case, punctuation and width count; `label` forgives
 * them. An expected value that is not a text is compared as its JSON. An empty output is no answer, unless an empty one is expected.
 */
export const exact: PureScorer = {
  name: 'exact',
  description: 'The output equals the expected text, but for space at both ends.',
  argument: null,
  usesExpected: () => 'needed',
  prepare: () => (scored) => {
    const expected = expectedText(scored.expected)?.trim();
    const answer = scored.output.trim();
    if (expected === undefined) return nothingExpected;
    if (answer === '' && expected !== '') return emptyOutput;
    return compared(answer === expected, answer, expected);
  },
};
