import { Alert, Button, Group, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { OctagonAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { reasonIn, useErrorText } from './error-text.ts';
import { ProblemList, problemsIn } from './problem-list.tsx';
import classes from './query-state.module.css';

type Props<Data> = {
  query: UseQueryResult<Data, ApiError>;
  /** Height of what is being waited for, so that nothing jumps. */
  height?: number;
  children: (data: Data) => ReactNode;
};

/** What a query gives: its shape while it loads, what went wrong with a way to try again, else the children made of the data. */
export function QueryState<Data>({ query, height = 240, children }: Props<Data>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ErrorAlert error={query.error} retry={() => query.refetch()} />;
  return (
    <Stack gap="xs" aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      <Skeleton height={24} width="30%" />
      <Skeleton height={height} />
    </Stack>
  );
}

/** An error where it happened: what, its code, and what to do. */
export function ErrorAlert({ error, retry }: { error: Error; retry?: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const known = error instanceof ApiError;
  const text = known ? errorText(error) : error.message;
  const translated = known && text !== error.message;
  const problems = known ? problemsIn(error.details) : [];
  // The server's sentence names the first of them.
  const listed = problems.length > 1 || (translated && problems.length > 0);
  return (
    <Alert
      role="alert"
      bg="var(--w-fail-ground)"
      classNames={classes}
      icon={<OctagonAlert size={18} aria-hidden />}
      title={t('error.title')}
    >
      <Text size="sm">{text}</Text>
      {listed && <ProblemList problems={problems} />}
      {translated && !listed && reasonIn(error.details) === null && error.status > 0 && (
        <Text size="xs" c="dimmed" lang="en" mt={4}>
          {error.message}
        </Text>
      )}
      <Group gap="sm" mt="xs">
        {retry !== undefined && (
          <Button size="compact-sm" variant="default" leftSection={<RotateCw size={14} />} onClick={retry}>
            {t('error.retry')}
          </Button>
        )}
        {known && <span className="mono dim">{error.code}</span>}
      </Group>
    </Alert>
  );
}
