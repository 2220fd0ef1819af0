import { BellRing, CircleCheck, CirclePause, Eye, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Tone, ToneBadge } from '../../../components/badge.tsx';
import type { Alerts, Rule } from './words.ts';

/** `idle`: it has nothing to watch. */
type Kind = 'idle' | Rule['state'] | Alerts['history'][number]['kind'];
const looks = {
  idle: { tone: 'plain', icon: CirclePause, word: 'state.idle' },
  ok: { tone: 'pass', icon: CircleCheck, word: 'state.ok' },
  resolved: { tone: 'pass', icon: CircleCheck, word: 'state.over' },
  firing: { tone: 'fail', icon: BellRing, word: 'state.firing' },
  fired: { tone: 'fail', icon: BellRing, word: 'state.fired' },
  acknowledged: { tone: 'info', icon: Eye, word: 'state.acknowledged' },
} as const satisfies Record<Kind, { tone: Tone; icon: LucideIcon; word: string }>;

/** Key of the word for it. */
export const stateWord = (kind: Kind) => looks[kind].word;

/** How a rule stands, or what became of it. */
export function AlertBadge({ kind }: { kind: Kind }) {
  const { t } = useTranslation('alerts');
  const { word, ...look } = looks[kind];
  return <ToneBadge {...look} text={t(word)} />;
}
