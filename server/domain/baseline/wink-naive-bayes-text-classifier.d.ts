/** The part that is used of a package without types of its own. */
declare module 'wink-naive-bayes-text-classifier' {
  type Classifier = {
    defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): true;
    learn(input: string[], label: string): true;
    consolidate(): true;
    /** Of each label, best first; `[['unknown', 0]]` where nothing of the input was learnt. */
    computeOdds(input: string[]): [label: string, bits: number][];
  };
  export default function createClassifier(): Classifier;
}
