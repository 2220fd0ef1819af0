import { Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../components/copy-button.tsx';
import { PageHeader } from '../components/page-header.tsx';

/** Where a page broke: what is known about it, to send on, and the ways to go on. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  const report = [message, location.href, stack].filter(Boolean).join('\n');
  return (
    <>
      <PageHeader title={t('crash.title')} />
      <Stack gap="sm" maw={820}>
        <Text>{t('crash.text')}</Text>
        <Code block>{message}</Code>
        <Group gap="xs">
          <Button onClick={reset}>{t('error.retry')}</Button>
          <Button variant="default" leftSection={<RotateCw size={14} />} onClick={() => location.reload()}>
            {t('crash.reload')}
          </Button>
          <CopyButton text={report} label={t('crash.copy')} />
        </Group>
      </Stack>
    </>
  );
}
