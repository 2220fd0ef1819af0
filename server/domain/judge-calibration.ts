import type { ResultId } from './ids.ts';
import { parseScorerSpec } from './scorer-spec.ts';
import { type CorrectedRate, correctedRate } from './statistics/corrected-rate.ts';
import type { Interval } from './statistics/interval.ts';
import { type Estimate, type JudgeAgreement, type JudgeTable, judgeAgreement } from './statistics/judge-agreement.ts';
import { wilsonInterval } from './statistics/wilson-interval.ts';

/** Labelled outputs from which a judge counts as calibrated: from here on the corrected rate's interval is known, by simulation, to hold. */
export const enoughLabels = 50;

/** Verdicts of one judge in the scoring that counts, over the first repeats: those of one case are not independent. */
export type JudgeCount = {
  /** The scorer as typed on the command line. */
  scorer: string;
  /** Digest of judge model, prompt and criterion. */
  judge: string;
  /** As the scorer counts, negation included. */
  passed: number;
  n: number;
};

/** A person's word on an output, and the judge's, both on the criterion itself: negation is undone. */
export type LabelledVerdict = {
  judge: string;
  resultId: ResultId;
  author: string;
  passed: boolean;
  note: string;
  verdict: boolean;
};

export type Calibration = JudgeAgreement & {
  /** Outputs with a verdict of people and of the judge. */
  labels: number;
  people: string[];
  table: JudgeTable;
  /** Outputs that people passed and failed equally often: they are in no other figure. */
  undecided: number;
  /** Of the outputs that several people labelled, those on which all said the same; null where there is none. */
  betweenPeople: Estimate | null;
  /** Outputs on which the judge said otherwise than people. */
  disagreements: ResultId[];
};

/** What may be said of a judge wherever a number of a run rests on it. */
export type JudgeStanding = JudgeCount &
  JudgeAgreement & {
    /** Of the judge's own rate; null where it judged nothing. */
    interval: Interval | null;
    labels: number;
    corrected: CorrectedRate | { correctable: false; reason: 'uncalibrated' | 'too_few_labels' };
  };

/** Where several people labelled an output, the majority counts. */
export function calibrationOf(labelled: readonly LabelledVerdict[]): Calibration {
  const table: JudgeTable = { bothPass: 0, judgeOnly: 0, humanOnly: 0, bothFail: 0 };
  const disagreements: ResultId[] = [];
  let [undecided, several, unanimous] = [0, 0, 0];
  for (const [resultId, labels] of Map.groupBy(labelled, (label) => label.resultId)) {
    const passes = labels.filter(({ passed }) => passed).length;
    if (labels.length > 1) several += 1;
    if (labels.length > 1 && (passes === 0 || passes === labels.length)) unanimous += 1;
    if (passes * 2 === labels.length) {
      undecided += 1;
      continue;
    }
    const [human, judge] = [passes * 2 > labels.length, labels[0]?.verdict === true];
    table[cellOf(human, judge)] += 1;
    if (human !== judge) disagreements.push(resultId);
  }
  return {
    ...judgeAgreement(table),
    labels: table.bothPass + table.judgeOnly + table.humanOnly + table.bothFail,
    people: [...new Set(labelled.map(({ author }) => author))].sort(),
    table,
    undecided,
    betweenPeople:
      several === 0 ? null : { value: unanimous / several, interval: wilsonInterval(unanimous, several), n: several },
    disagreements,
  };
}

const cellOf = (human: boolean, judge: boolean): keyof JudgeTable =>
  human ? (judge ? 'bothPass' : 'humanOnly') : judge ? 'judgeOnly' : 'bothFail';

/** A judge's count with what people's labels say of it. */
export function standingOf(count: JudgeCount, calibration: Calibration): JudgeStanding {
  const { agreement, kappa, sensitivity, specificity, labels } = calibration;
  const interval = count.n === 0 ? null : wilsonInterval(count.passed, count.n);
  return {
    ...count,
    interval,
    agreement,
    kappa,
    sensitivity,
    specificity,
    labels,
    corrected: correctedOf(count, calibration),
  };
}

function correctedOf({ scorer, passed, n }: JudgeCount, { labels, table }: Calibration): JudgeStanding['corrected'] {
  if (labels === 0) return { correctable: false, reason: 'uncalibrated' };
  if (labels < enoughLabels) return { correctable: false, reason: 'too_few_labels' };
  if (!isNegated(scorer)) return correctedRate({ passed, n }, table);
  const criterion = correctedRate({ passed: n - passed, n }, table);
  if (!criterion.correctable) return criterion;
  const { rate, interval } = criterion;
  return { correctable: true, rate: 1 - rate, interval: [1 - interval[1], 1 - interval[0]] };
}

/** Whether a scorer passes what its judge fails. */
export const isNegated = (scorer: string): boolean => parseScorerSpec(scorer).negate;
