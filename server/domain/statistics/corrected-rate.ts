import { requireCounts } from './counts.ts';
import { type Interval, intervalAround, z } from './interval.ts';
import type { JudgeTable } from './judge-agreement.ts';

/** A judge's pass rate put right by what is known of its errors, or why it can't be. */
export type CorrectedRate =
  | { correctable: true; rate: number; interval: Interval }
  | {
      correctable: false;
      /**
       * `worse_than_chance`: TPR + TNR ≤ 1, the judge passes what people fail no less often than what they pass. `does_not_fit`: at no true
       * rate would a judge with these errors have passed so few or so many, so that it judges this run otherwise than what it was calibrated on.
       */
      reason: 'no_human_passes' | 'no_human_failures' | 'not_run' | 'worse_than_chance' | 'does_not_fit';
    };

/**
 * The pass rate that people would have given, from the judge's: (p + TNR − 1) / (TPR + TNR − 1), Rogan and Gladen (1978), Am. J. Epidemiol.
 * 107, 71–76. The interval is that of Lee et al. (arXiv 2511.21140, appendix): Wilson-like shrinkage of p by z²/2 and of TPR and TNR by one
 * each way, the delta method's error over both sets, and a centre moved against the skew. `judged` are the judge's verdicts on the cases of the
 * run; `calibration` must come from other outputs or the same, but chosen without regard to what the judge said of them.
 *
 * Simulated, it covers 92.7–98.4 % where TPR + TNR ≥ 1.4 and 50 or more cases are calibrated, the most where both are just reached.
 */
export function correctedRate(judged: { passed: number; n: number }, calibration: JudgeTable): CorrectedRate {
  const { passed, n } = judged;
  requireCounts({ n, ...calibration });
  requireCounts({ passed }, n);
  const { bothPass, judgeOnly, humanOnly, bothFail } = calibration;
  const [humanPasses, humanFailures] = [bothPass + humanOnly, bothFail + judgeOnly];
  if (n === 0) return { correctable: false, reason: 'not_run' };
  if (humanPasses === 0) return { correctable: false, reason: 'no_human_passes' };
  if (humanFailures === 0) return { correctable: false, reason: 'no_human_failures' };
  const [sensitivity, specificity] = [bothPass / humanPasses, bothFail / humanFailures];
  const shrunkSensitivity = proportion(bothPass + 1, humanPasses + 2);
  const shrunkSpecificity = proportion(bothFail + 1, humanFailures + 2);
  // Shrinking fewer failures more than passes can take the judge over the edge.
  if (sensitivity + specificity <= 1 || shrunkSensitivity.rate + shrunkSpecificity.rate <= 1)
    return { correctable: false, reason: 'worse_than_chance' };
  const rate = Math.min(1, Math.max(0, corrected(passed / n, sensitivity, specificity)));
  const [lo, hi] = interval(proportion(passed + z ** 2 / 2, n + z ** 2), shrunkSensitivity, shrunkSpecificity);
  if (lo >= hi) return { correctable: false, reason: 'does_not_fit' };
  // Shrunk and moved, in one of some hundred samples of a weak judge the interval would leave out the rate itself.
  return { correctable: true, rate, interval: [Math.min(lo, rate), Math.max(hi, rate)] };
}

type Proportion = { rate: number; variance: number };

const corrected = (rate: number, sensitivity: number, specificity: number) =>
  (rate + specificity - 1) / (sensitivity + specificity - 1);

const proportion = (count: number, n: number): Proportion => ({
  rate: count / n,
  variance: ((count / n) * (1 - count / n)) / n,
});

function interval(judged: Proportion, sensitivity: Proportion, specificity: Proportion): Interval {
  const rate = corrected(judged.rate, sensitivity.rate, specificity.rate);
  const shift = 2 * z ** 2 * (rate * sensitivity.variance - (1 - rate) * specificity.variance);
  const variance = judged.variance + rate ** 2 * sensitivity.variance + (1 - rate) ** 2 * specificity.variance;
  const standardError = Math.sqrt(variance) / (sensitivity.rate + specificity.rate - 1);
  return intervalAround(rate + shift, z * standardError, [0, 1]);
}
