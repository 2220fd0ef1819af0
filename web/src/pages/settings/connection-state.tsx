import { CircleCheck, CircleX, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { ToneBadge } from '../../components/badge.tsx';

type State = Answer<'GET /api/connections'>['connections'][number]['state'];

const looks = {
  reachable: { tone: 'pass', icon: CircleCheck },
  unreachable: { tone: 'fail', icon: CircleX },
  no_key: { tone: 'none', icon: KeyRound },
} as const;

/** Whether a connection can be used. */
export function ConnectionState({ state }: { state: State }) {
  const { t } = useTranslation('settings');
  return <ToneBadge {...looks[state]} text={t(`state.${state}`)} />;
}
