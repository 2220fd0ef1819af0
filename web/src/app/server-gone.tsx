import { Alert } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { askWhetherThere } from '../api/client.ts';
import { useServerGone } from '../api/reachable.ts';

const ASK_EVERY_MS = 2_000;

/** Says that the server is gone as long as it is, and reads the page anew when it is back. */
export function ServerGone() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const gone = useServerGone();
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !gone) void client.invalidateQueries();
    was.current = gone;
    if (!gone) return;
    const asking = setInterval(() => void askWhetherThere(), ASK_EVERY_MS);
    return () => clearInterval(asking);
  }, [gone, client]);
  if (!gone) return null;
  return (
    <Alert
      role="alert"
      // In the way of the page, wherever it is scrolled to; the alert's own style would win over a class.
      pos="sticky"
      top={56}
      mb="md"
      style={{ zIndex: 95 }}
      bg="var(--w-fail-ground)"
      icon={<Unplug size={18} aria-hidden />}
      title={t('serverGone.title')}
    >
      {t('serverGone.text')}
    </Alert>
  );
}
