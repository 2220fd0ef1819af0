import { Ban, Check, CircleQuestionMark, type LucideIcon, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { type Tone, ToneBadge } from './badge.tsx';

export type Outcome = Answer<'GET /api/results/:id'>['outcome'];

const looks: Record<Outcome, { tone: Tone; icon: LucideIcon }> = {
  passed: { tone: 'pass', icon: Check },
  failed: { tone: 'fail', icon: X },
  no_answer: { tone: 'none', icon: CircleQuestionMark },
  error: { tone: 'error', icon: Ban },
};

/** What became of a result: passed, failed, no answer found, or an error. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  return <ToneBadge {...looks[outcome]} text={t(`outcome.${outcome}`)} title={t(`outcomeTitle.${outcome}`)} />;
}
