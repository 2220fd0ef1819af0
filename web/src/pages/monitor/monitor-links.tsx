import { Waypoints } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/link.tsx';

/** From the monitor to the pages that belong to it. */
export function MonitorLinks({ project }: { project: string }) {
  const { t } = useTranslation('traces');
  return (
    <ButtonLink
      to="/projects/$project/monitor/traces"
      params={{ project }}
      variant="default"
      leftSection={<Waypoints size={16} aria-hidden />}
    >
      {t('title')}
    </ButtonLink>
  );
}
