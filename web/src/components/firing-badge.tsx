import { BellRing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/query.ts';
import { ToneBadge } from './badge.tsx';

const REFRESH_MS = 30_000;

/** How many alerts of a project fire that nobody acknowledged. */
export function useFiring(project: string): number {
  const params = { project };
  return (
    useApi('GET /api/projects/:project/alerts/firing', { params }, { refetchInterval: REFRESH_MS }).data?.firing ?? 0
  );
}

/** Says so beside the link to the monitor. */
export function FiringBadge({ project }: { project: string }) {
  const { t } = useTranslation('alerts');
  const firing = useFiring(project);
  if (firing === 0) return null;
  return <ToneBadge tone="fail" icon={BellRing} text={String(firing)} title={t('firing', { count: firing })} />;
}
