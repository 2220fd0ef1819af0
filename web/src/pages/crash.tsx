import { Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../components/copy-button.tsx';
import { PageHeader } from '../components/page-header.tsx';

/** As browsers and the bundler say that a part of the pages did not come. */
const NOT_LOADED = /preload CSS|dynamically imported module|importing a module script/i;

/** Where a page broke: what is known about it, to send on, and the ways to go on. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  // The server is gone, or its pages were built anew since this one was opened.
  const notLoaded = NOT_LOADED.test(message);
  const report = [message, location.href, stack].filter(Boolean).join('\n');
  return (
    <>
      <PageHeader title={t(notLoaded ? 'crash.notLoaded' : 'crash.title')} />
      <Stack gap="sm" maw={820}>
        <Text>{t(notLoaded ? 'crash.notLoadedText' : 'crash.text')}</Text>
        <Code block>{message}</Code>
        <Group gap="xs">
          {!notLoaded && <Button onClick={reset}>{t('error.retry')}</Button>}
          <Button
            variant={notLoaded ? 'filled' : 'default'}
            leftSection={<RotateCw size={14} />}
            onClick={() => location.reload()}
          >
            {t('crash.reload')}
          </Button>
          <CopyButton text={report} label={t('crash.copy')} />
        </Group>
      </Stack>
    </>
  );
}
