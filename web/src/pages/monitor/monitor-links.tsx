import { ShieldCheck, Waypoints } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/link.tsx';

/** From the monitor to the pages that belong to it. */
export function MonitorLinks({ project }: { project: string }) {
  const { t } = useTranslation('traces');
  const look = { params: { project }, variant: 'default' } as const;
  return (
    <>
      <ButtonLink to="/projects/$project/monitor/traces" {...look} leftSection={<Waypoints size={16} aria-hidden />}>
        {t('title')}
      </ButtonLink>
      <ButtonLink
        to="/projects/$project/monitor/redaction"
        {...look}
        leftSection={<ShieldCheck size={16} aria-hidden />}
      >
        {t('redaction:title')}
      </ButtonLink>
    </>
  );
}
