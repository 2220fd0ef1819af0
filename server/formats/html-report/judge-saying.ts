import { enoughLabels, type JudgeStanding } from '../../domain/judge-calibration.ts';
import { filled, type textsOf } from './texts.ts';
import { type Figures, visible } from './view.ts';

type Texts = (typeof textsOf)['en'];

/** What may be said of a judge beside the rate that rests on it. */
export function judgeSaying(judge: JudgeStanding, t: Texts, { count, percent, interval }: Figures): string {
  const { corrected, kappa } = judge;
  const values = { scorer: visible(judge.scorer), labels: count(judge.labels) };
  if (judge.labels === 0) return filled(t.judgeUncalibrated, values);
  if (judge.labels < enoughLabels) return filled(t.judgeBarely, { ...values, enough: count(enoughLabels) });
  const calibrated = filled(t.judgeCalibrated, { ...values, kappa: kappa === null ? '–' : kappa.value.toFixed(2) });
  const rate = corrected.correctable
    ? filled(t.judgeCorrected, { rate: percent(corrected.rate), interval: interval(corrected.interval) })
    : t.judgeNotCorrectable;
  return `${calibrated}, ${rate}`;
}
