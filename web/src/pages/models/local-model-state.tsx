import { CircleCheck, CircleDashed, CircleX, Download, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import type { LocalModel } from '../../components/use-local-models.ts';

const looks = {
  absent: { tone: 'plain', icon: CircleDashed },
  fetching: { tone: 'info', icon: Download },
  checking: { tone: 'info', icon: ShieldCheck },
  ready: { tone: 'pass', icon: CircleCheck },
  failed: { tone: 'fail', icon: CircleX },
} as const;

/** Whether a model's file is there. */
export function LocalModelState({ type }: { type: LocalModel['state']['type'] }) {
  const { t } = useTranslation('models');
  return <ToneBadge {...looks[type]} text={t(`state.${type}`)} />;
}
