import { invalid } from './errors.ts';
import type { ScorerSpec } from './scorer.ts';

/** `[WEIGHT*][not:]NAME[:ARGS]`. The argument is kept as typed, for it may hold any character. */
const form = /^(?:([^*:]*)\*)?(not:)?([a-z][a-z0-9-]*)(?::(.*))?$/s;

/** Reads a scorer as typed on the command line, such as `2*not:contains:refund`. Throws `scorer_spec_invalid`. */
export function parseScorerSpec(text: string): ScorerSpec {
  const [, weightText = '1', not, name, args = ''] = form.exec(text) ?? [];
  const weight = weightText.trim() === '' ? Number.NaN : Number(weightText);
  if (name === undefined || name === 'not' || !(weight > 0 && Number.isFinite(weight))) {
    throw invalid(
      'scorer_spec_invalid',
      `"${text}" is not a scorer. Write NAME, NAME:ARGUMENT, not:NAME or WEIGHT*NAME, such as label, contains:refund or 2*not:contains:refund.`,
    );
  }
  return { name, args, negate: not !== undefined, weight };
}

/** The text that `parseScorerSpec` reads as this scorer. */
export function formatScorerSpec({ name, args, negate, weight }: ScorerSpec): string {
  return `${weight === 1 ? '' : `${weight}*`}${negate ? 'not:' : ''}${name}${args === '' ? '' : `:${args}`}`;
}
