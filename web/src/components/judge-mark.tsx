import { BadgeCheck, Scale, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { ToneBadge } from './badge.tsx';
import { formatInterval, formatNumber, formatPercent } from './format.ts';

export type JudgeStanding = Answer<'GET /api/runs/:run'>['judges'][number];

/** Says beside a rate what may be said of the judge models that it rests on; nothing where no judge judged. */
export function JudgeMarks({ judges }: { judges: readonly JudgeStanding[] }) {
  return judges.map((judge) => <JudgeMark key={`${judge.scorer} ${judge.judge}`} judge={judge} />);
}

/** The same of one judge. */
export function JudgeMark({ judge }: { judge: JudgeStanding }) {
  const { t } = useTranslation('judges');
  const { labels, corrected, kappa, scorer } = judge;
  const title = `${scorer} · ${t(`markTitle.${markOf(judge)}`)}`;
  if (labels === 0) return <ToneBadge tone="error" icon={TriangleAlert} text={t('mark.uncalibrated')} title={title} />;
  if (!corrected.correctable) {
    const text = `${t('mark.labels', { count: labels })} · ${t(`reason.${corrected.reason}`)}`;
    return <ToneBadge tone="error" icon={Scale} text={text} title={title} />;
  }
  const { rate, interval } = corrected;
  const text = t('mark.calibrated', {
    ...{ count: labels, kappa: kappa === null ? '–' : formatNumber(kappa.value, 2) },
    rate: `${formatPercent(rate)} ${formatInterval(interval)}`,
  });
  return <ToneBadge tone="info" icon={BadgeCheck} text={text} title={title} />;
}

function markOf({ labels, corrected }: JudgeStanding) {
  if (labels === 0) return 'uncalibrated' as const;
  return corrected.correctable ? ('calibrated' as const) : ('notCorrectable' as const);
}
