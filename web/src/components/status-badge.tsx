import { CircleCheck, CirclePause, CirclePlay, CircleX, Clock, type LucideIcon, PowerOff, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { type Tone, ToneBadge } from './badge.tsx';

type RunStatus = Answer<'GET /api/runs/:run'>['status'];

const looks: Record<RunStatus, { tone: Tone; icon: LucideIcon }> = {
  queued: { tone: 'plain', icon: Clock },
  running: { tone: 'info', icon: CirclePlay },
  paused: { tone: 'none', icon: CirclePause },
  completed: { tone: 'pass', icon: CircleCheck },
  cancelled: { tone: 'plain', icon: Square },
  interrupted: { tone: 'none', icon: PowerOff },
  failed: { tone: 'fail', icon: CircleX },
};

/** Where a run stands; `reason` (its `statusReason`) is in the title. */
export function StatusBadge({ status, reason = '' }: { status: RunStatus; reason?: string }) {
  const { t } = useTranslation();
  return <ToneBadge {...looks[status]} text={t(`status.${status}`)} title={reason || t(`statusTitle.${status}`)} />;
}
