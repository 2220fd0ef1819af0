import { invalid } from '../../server/domain/errors.ts';
import type { PureScorer, Score } from '../../server/domain/scorer.ts';
import { type LabelReader, labelReader } from './shared/label-reader.ts';
import { compared, emptyOutput, expectedText, noAnswer, nothingExpected, quote } from './shared/score.ts';

/**
 * Finds the one allowed label in the output and compares it with the expected one. The argument, such as `label:positive,negative`, sets the
 * labels; without it they are those of the prompt's response format, else the distinct expected values of the set.
 *
 * - Case, width, punctuation, quotation marks, markdown and surrounding words do not count; within a label a space, a hyphen and an underscore
 *   are the same.
 * - A label counts as a whole word ("positive" is not in "positively"), except in scripts that are written without spaces ("结果是正面的").
 *   A number counts as a whole number ("1" is not in "10", "1.5" or "-1").
 * - Where one label holds another, the longer one counts ("not spam", not "spam").
 * - One label several times is that label. Two different ones are no answer, even in "negative, not positive": which one is meant is
 *   for a reader to guess, and a program must not. A label that is denied ("not positive", "不是正面") is no answer either.
 */
export const label: PureScorer = {
  name: 'label',
  description: 'Finds the one allowed label in the output, whatever its case, punctuation and surrounding words.',
  argument: { needed: false, example: 'positive,negative' },
  usesExpected: () => 'needed',
  prepare(args) {
    const given = args.split(/[,，]/).flatMap((item) => item.trim() || []);
    if (args !== '' && given.length === 0) {
      throw invalid('scorer_argument_invalid', `"label:${args}" names no label. Write label:positive,negative.`);
    }
    let latest = { labels: given as readonly string[], reader: labelReader(given) };
    return ({ output, expected, labels }) => {
      const wanted = expectedText(expected);
      if (wanted === null) return nothingExpected;
      if (given.length === 0 && labels !== latest.labels) latest = { labels, reader: labelReader(labels) };
      if (latest.labels.length === 0) {
        return noAnswer(
          'There are no labels: name them as label:positive,negative or in the prompt’s response format.',
        );
      }
      return output.trim() === '' ? emptyOutput : score(output, wanted, latest.labels, latest.reader);
    };
  },
};

function score(output: string, wanted: string, labels: readonly string[], reader: LabelReader): Score {
  const reading = reader.read(output);
  switch (reading.type) {
    case 'none':
      return noAnswer(`Found none of the labels ${quote(labels.join(', '))} in the output.`);
    case 'several':
      return noAnswer(`The output names both ${reading.labels.map(quote).join(' and ')}.`);
    case 'denied':
      return noAnswer(`The output only says what it is not: ${quote(reading.words)}.`);
    case 'one':
      return compared(reader.same(reading.label, wanted), reading.label, wanted);
  }
}
