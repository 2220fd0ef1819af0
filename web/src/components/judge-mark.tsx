import { BadgeCheck, Scale, TriangleAlert } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { ToneBadge } from './badge.tsx';
import { formatInterval, formatNumber, formatPercent } from './format.ts';

type JudgeStanding = Answer<'GET /api/runs/:run'>['judges'][number];

/** Says beside a rate what may be said of the judge models that it rests on; nothing where no judge judged. */
export function JudgeMarks({ judges }: { judges: readonly JudgeStanding[] }) {
  return judges.map((judge) => <JudgeMark key={`${judge.scorer} ${judge.judge}`} judge={judge} />);
}

const looks = {
  uncalibrated: { tone: 'error', icon: TriangleAlert },
  notCorrectable: { tone: 'error', icon: Scale },
  calibrated: { tone: 'info', icon: BadgeCheck },
} as const;

/** The same of one judge. */
export function JudgeMark({ judge }: { judge: JudgeStanding }) {
  const { t } = useTranslation('judges');
  const textOf = useJudgeText();
  const is = stateOf(judge);
  return <ToneBadge {...looks[is]} text={textOf(judge)} title={`${judge.scorer} · ${t(`markTitle.${is}`)}`} />;
}

/** The words of the mark. */
export function useJudgeText(): (judge: JudgeStanding) => string {
  const { t } = useTranslation('judges');
  return useCallback(
    ({ labels, corrected, kappa }) => {
      if (labels === 0) return t('mark.uncalibrated');
      if (!corrected.correctable) {
        return `${t('mark.labels', { count: labels })} · ${t(`reason.${corrected.reason}`)}`;
      }
      return t('mark.calibrated', {
        count: labels,
        kappa: kappa === null ? '–' : formatNumber(kappa.value, 2),
        rate: `${formatPercent(corrected.rate)} ${formatInterval(corrected.interval)}`,
      });
    },
    [t],
  );
}

function stateOf({ labels, corrected }: JudgeStanding) {
  if (labels === 0) return 'uncalibrated' as const;
  return corrected.correctable ? ('calibrated' as const) : ('notCorrectable' as const);
}
