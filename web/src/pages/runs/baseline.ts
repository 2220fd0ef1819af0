import type { Run } from '../../components/use-runs.ts';

/** The newest earlier run that another is best compared with: the same prompt measured in the same way, by the same model if there is one. */
export function baselineOf(run: Run, runs: readonly Run[]): Run | undefined {
  const alike = runs
    .filter((other) => other.id < run.id && other.status === 'completed' && other.passRate !== null)
    .filter((other) => other.prompt === run.prompt && measure(other) === measure(run))
    .sort((a, b) => b.id - a.id);
  return alike.find(({ model }) => model === run.model) ?? alike[0];
}

const measure = ({ set, setVersion, split, scorers, settings }: Run): string =>
  JSON.stringify([set, setVersion, split, scorers, settings.threshold, settings.repeats]);

type Counts = Pick<Run, 'passed' | 'failed' | 'noAnswer'>;

/**
 * Whether a higher pass rate comes from more outputs being readable rather than from better answers: the rate rose, fewer outputs had no answer, and of
 * those that had one no larger share passed than before.
 */
export function isGainFromFormat(before: Counts, after: Counts): boolean {
  const rate = ({ passed, failed }: Counts) => passed / (passed + failed);
  const none = ({ passed, failed, noAnswer }: Counts) => noAnswer / (passed + failed);
  return rate(after) > rate(before) && none(after) < none(before) && answered(after) <= answered(before);
}

/** Of the outputs that had an answer, the share that passed. */
const answered = (counts: Counts): number => (answers(counts) === 0 ? 0 : counts.passed / answers(counts));

/** Outputs that an answer could be read from. */
export const answers = ({ passed, failed, noAnswer }: Counts): number => passed + failed - noAnswer;
