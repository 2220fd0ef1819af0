import { Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paceOf, type Sample, withSample } from './fetch-pace.ts';
import { formatBytes, formatDuration } from './format.ts';
import type { LocalModel } from './use-local-models.ts';

type Props = {
  state: Extract<LocalModel['state'], { type: 'fetching' | 'checking' }>;
  /** What is being fetched, for screen readers. */
  title: string;
  /** When the state was read, in milliseconds. */
  at: number;
};

/** How far a model's file has come, from where, how fast, and how long it takes yet. */
export function FetchProgress({ state, title, at }: Props) {
  const { t } = useTranslation('models');
  const received = state.type === 'fetching' ? state.receivedBytes : 0;
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => setSamples((before) => withSample(before, { at, bytes: received })), [at, received]);
  if (state.type === 'checking') return <Bar title={title} share={1} text={t('state.checkingText')} />;
  const { source, totalBytes } = state;
  const pace = paceOf(samples, totalBytes);
  const parts = [
    t('progress.received', { received: formatBytes(received, totalBytes), total: formatBytes(totalBytes) }),
    // Not known yet as long as nothing has come.
    ...(received > 0 && source !== '' ? [t('progress.source', { source })] : []),
    ...(pace === null
      ? []
      : [
          t('progress.speed', { speed: formatBytes(pace.bytesPerSecond) }),
          t('progress.left', { time: formatDuration(Math.max(1_000, Math.round(pace.msLeft / 1_000) * 1_000)) }),
        ]),
  ];
  return <Bar title={title} share={totalBytes === 0 ? 0 : received / totalBytes} text={parts.join(' · ')} />;
}

function Bar({ title, share, text }: { title: string; share: number; text: string }) {
  return (
    <div>
      <Progress.Root size="sm">
        <Progress.Section
          value={share * 100}
          striped={share === 1}
          animated={share === 1}
          withAria={false}
          role="progressbar"
          aria-label={title}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          aria-valuetext={text}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" mt={4}>
        {text}
      </Text>
    </div>
  );
}
