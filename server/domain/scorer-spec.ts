import { invalid } from './errors.ts';
import type { ScorerSpec } from './scorer.ts';

/** `[METRIC=][WEIGHT*][not:]NAME[:ARGS]`. The argument is kept as typed, for it may hold any character. */
const form = /^(?:([^=:*]*)=)?(?:([^*:=]*)\*)?(not:)?([a-z][a-z0-9-]*)(?::(.*))?$/s;
const metricForm = /^[\p{L}\p{N}](?:[\p{L}\p{N} _/-]{0,38}[\p{L}\p{N}])?$/u;

/** Reads a scorer as typed on the command line, such as `tone=2*not:contains:refund`. Throws `scorer_spec_invalid`. */
export function parseScorerSpec(text: string): ScorerSpec {
  const [, metric, weightText = '1', not, name, args = ''] = form.exec(text) ?? [];
  const weight = weightText.trim() === '' ? Number.NaN : Number(weightText);
  if (name === undefined || name === 'not' || !(weight > 0 && Number.isFinite(weight))) {
    throw invalid(
      'scorer_spec_invalid',
      `"${text}" is not a scorer. Write NAME, NAME:ARGUMENT, not:NAME, WEIGHT*NAME or METRIC=NAME, such as label, contains:refund or tone=2*not:contains:refund.`,
    );
  }
  return { name, args, negate: not !== undefined, weight, ...(metric !== undefined && { metric: readMetric(metric) }) };
}

/** The name of a metric as it is kept. Throws `scorer_metric_invalid`. */
export function readMetric(text: string): string {
  const metric = text.trim();
  if (metricForm.test(metric)) return metric;
  throw invalid(
    'scorer_metric_invalid',
    `"${metric}" can't name a metric: take up to 40 letters and digits, with spaces, - _ or / between them, as in tone=rubric:It is polite.`,
    { details: { metric } },
  );
}

/** The text that `parseScorerSpec` reads as this scorer. */
export function formatScorerSpec({ name, args, negate, weight, metric }: ScorerSpec): string {
  const named = metric === undefined ? '' : `${metric}=`;
  return `${named}${weight === 1 ? '' : `${weight}*`}${negate ? 'not:' : ''}${name}${args === '' ? '' : `:${args}`}`;
}

/** What a scorer, as it is typed, counts as: the name that it was given, else the scorer itself. */
export const metricOf = (scorer: string): string => {
  const [, metric] = form.exec(scorer) ?? [];
  return metric ?? scorer;
};
