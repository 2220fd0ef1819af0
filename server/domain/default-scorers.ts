import { labelsOf, type ResponseFormat } from './prompt.ts';
import type { ScorerSpec } from './scorer.ts';

const LONGEST_LABEL = 40;
const MOST_LABELS = 50;

/** The scorers of a run that names none: `label` where the prompt or the set has labels, `json-equal` where the answer is JSON, else `exact`. */
export function defaultScorers(format: ResponseFormat, expectedLabels: readonly string[]): ScorerSpec[] {
  const hasLabels = format.type === 'labels' || expectedLabels.length > 0;
  const name = hasLabels ? 'label' : format.type === 'json' ? 'json-equal' : 'exact';
  return [{ name, args: '', negate: false, weight: 1 }];
}

/** The first proposal for production's answers, of which nobody knows what is expected: that they have the form the prompt asks for, else that they refuse nothing. */
export function formScorers(format: ResponseFormat): ScorerSpec[] {
  const common = { args: '', negate: false, weight: 1 };
  switch (format.type) {
    case 'labels':
      return [{ ...common, name: 'regex', args: `^\\s*(?:${format.labels.map(quoted).join('|')})\\s*$` }];
    case 'json':
      return [{ ...common, name: Object.keys(format.schema).length === 0 ? 'json-valid' : 'json-schema' }];
    case 'text':
      return [{ ...common, name: 'refusal', negate: true }];
  }
}

/** A text as a pattern of itself alone. */
const quoted = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * The labels that an answer may have: those of the prompt's response format, else the set's distinct expected values, where they look like labels: 2 to 50
 * short ones, fewer than half as many as the cases that have them, on most of the cases. A count's label is null where what is expected is no short text.
 */
export function labelsFor(
  format: ResponseFormat,
  counts: readonly { label: string | null; count: number }[],
): readonly string[] {
  const named = labelsOf(format);
  if (named) return named;
  const labelled = counts.flatMap(({ label, count }) =>
    label === null || label.trim() === '' ? [] : [{ label, count }],
  );
  const distinct = [...new Set(labelled.map(({ label }) => label))].sort();
  const cases = sum(labelled);
  const looksLikeLabels =
    distinct.length >= 2 &&
    distinct.length <= MOST_LABELS &&
    distinct.length * 2 < cases &&
    cases * 2 > sum(counts) &&
    distinct.every((label) => label.length <= LONGEST_LABEL);
  return looksLikeLabels ? distinct : [];
}

const sum = (counts: readonly { count: number }[]): number => counts.reduce((total, { count }) => total + count, 0);
