import createClassifier from 'wink-naive-bayes-text-classifier';
import { textFeatures } from './text-features.ts';

export type LabelledText = { label: string; text: string };
/** `probability`: what the classifier gives its label. Naive Bayes is too sure of itself: it orders predictions better than it measures them. */
export type Prediction = { predicted: string; probability: number };

/** The library refuses to learn from fewer. */
const FEWEST_FEATURES = 10;

/**
 * Learns a naive Bayes classifier (Laplace smoothing, presence of features) and gives what predicts with it. A text of which nothing was ever seen gets
 * the commonest label.
 */
export function trainClassifier(examples: readonly LabelledText[]): (text: string) => Prediction {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const learnt = examples.map(({ label, text }) => ({ label, features: textFeatures(text) }));
  const commonest = commonestLabel(examples, labels);
  if (new Set(learnt.flatMap(({ features }) => features)).size < FEWEST_FEATURES) return () => commonest;
  const classifier = createClassifier();
  classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 1 });
  // By number, because the library keeps the name "unknown" for itself.
  for (const { label, features } of learnt) classifier.learn(features, String(labels.indexOf(label)));
  classifier.consolidate();
  return (text) => {
    const odds = classifier.computeOdds(textFeatures(text));
    if (odds.length < labels.length) return commonest;
    // Logarithms to base 2 of a label's odds against all others together.
    const shares = odds.map(([name, bits]) => ({ label: labels[Number(name)], share: 1 / (1 + 2 ** -bits) }));
    const [first, ...others] = shares.sort((a, b) => b.share - a.share || (`${a.label}` < `${b.label}` ? -1 : 1));
    if (first?.label === undefined) return commonest;
    const total = others.reduce((sum, { share }) => sum + share, first.share);
    return { predicted: first.label, probability: first.share / total };
  };
}

function commonestLabel(examples: readonly LabelledText[], labels: readonly string[]): Prediction {
  const count = (of: string) => examples.filter(({ label }) => label === of).length;
  const predicted = labels.reduce((best, label) => (count(label) > count(best) ? label : best), labels[0] ?? '');
  return { predicted, probability: examples.length === 0 ? 0 : count(predicted) / examples.length };
}
