import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import type { Observation } from './observation.ts';

/** Where a call came from that was reported by OpenTelemetry: its model, and the trace that it is part of. */
export function TraceLink({ project, observation }: { project: string; observation: Observation }) {
  const { t } = useTranslation('traces');
  const { model, traceId, spanId } = observation;
  if (traceId === null || spanId === null) return null;
  return (
    <Group gap="4px 16px">
      {model !== null && <span className="mono">{model}</span>}
      <AnchorLink
        to="/projects/$project/monitor/traces/$trace"
        params={{ project, trace: traceId }}
        search={{ span: spanId }}
      >
        {t('ofObservation')}
      </AnchorLink>
    </Group>
  );
}
