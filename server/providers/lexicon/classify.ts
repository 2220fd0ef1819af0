import type { Example } from './fields.ts';
import { sentimentOf } from './sentiment.ts';
import { similarities } from './similarity.ts';

/** Two texts of one label share little of their wording; this makes a clear likeness worth as much as a clear word. */
const SIMILARITY_WEIGHT = 4;
/** Where a text with a plain judgement lies on the scale of sentiment; within half of it a neutral label is nearer. */
const PLAIN_SENTIMENT = 0.6;

export type LabelWithPolarity = { label: string; polarity: number | null };
export type Choice = { label: string; sentiment: number };

/** The label whose side of the sentiment and whose examples are nearest to the text; of equal ones the first. */
export function chooseLabel(
  text: string,
  labels: readonly [LabelWithPolarity, ...LabelWithPolarity[]],
  examples: readonly Example[],
): Choice {
  const sentiment = sentimentOf(text);
  const likeness = likenessByLabel(text, examples);
  const bySentiment = hasBothSides(labels);
  const distance = (polarity: number | null) =>
    polarity === null ? PLAIN_SENTIMENT : Math.abs(sentiment - polarity * PLAIN_SENTIMENT);
  const scoreOf = ({ label, polarity }: LabelWithPolarity) =>
    SIMILARITY_WEIGHT * (likeness.get(fold(label)) ?? 0) - (bySentiment ? distance(polarity) : 0);
  const best = labels.reduce((first, other) => (scoreOf(other) > scoreOf(first) ? other : first));
  return { label: best.label, sentiment };
}

/** Whether a sentiment can tell the labels apart. */
export const hasBothSides = (labels: readonly LabelWithPolarity[]): boolean =>
  [1, -1].every((side) => labels.some(({ polarity }) => polarity === side));

/** For each label the mean likeness of its examples. */
function likenessByLabel(text: string, examples: readonly Example[]): ReadonlyMap<string, number> {
  const nearness = similarities(
    text,
    examples.map((example) => example.text),
  );
  const byLabel = Map.groupBy(examples.keys(), (index) => fold(examples[index]?.answer ?? ''));
  return new Map(
    [...byLabel].map(([label, indexes]) => [
      label,
      indexes.reduce((sum, index) => sum + (nearness[index] ?? 0), 0) / indexes.length,
    ]),
  );
}

export const fold = (label: string): string => label.normalize('NFKC').trim().toLowerCase();
