import { BellRing, CircleCheck, CirclePause, Eye, type LucideIcon, Pencil } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Tone, ToneBadge } from '../../../components/badge.tsx';
import type { Alerts, Rule } from './words.ts';

/** `idle`: it has nothing to watch. */
type Kind = 'idle' | Rule['state'] | Alerts['history'][number]['kind'];
const looks = {
  idle: { tone: 'plain', icon: CirclePause },
  ok: { tone: 'pass', icon: CircleCheck },
  resolved: { tone: 'pass', icon: CircleCheck },
  firing: { tone: 'fail', icon: BellRing },
  fired: { tone: 'fail', icon: BellRing },
  changed: { tone: 'plain', icon: Pencil },
  acknowledged: { tone: 'info', icon: Eye },
} as const satisfies Record<Kind, { tone: Tone; icon: LucideIcon }>;

/** How a rule stands, or what became of it. */
export function AlertBadge({ kind }: { kind: Kind }) {
  const { t } = useTranslation('alerts');
  return <ToneBadge {...looks[kind]} text={t(`state.${kind}`)} />;
}
