import { Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../../api/query.ts';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { formatDateTime } from '../../../components/format.ts';
import { ErrorAlert } from '../../../components/query-state.tsx';
import type { Summary } from './trace-filters.tsx';

const ages = [90, 30, 7, 1] as const;

/** How many traces there are, and the way to be rid of old ones. */
export function TraceKeeping({ project, summary }: { project: string; summary: Summary }) {
  const { t } = useTranslation('traces');
  const [age, setAge] = useState<number>(30);
  const remove = useApiMutation('POST /api/projects/:project/traces/delete');
  const since = summary.oldestAt === null ? '' : formatDateTime(summary.oldestAt);
  return (
    <>
      <Group gap="xs" mt="sm" justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {t('keeping.count', { count: summary.traces, since })}
          {remove.data !== undefined && ` ${t('keeping.deleted', { count: remove.data.deleted })}`}
        </Text>
        <Group gap="xs">
          <Select
            size="xs"
            w={190}
            aria-label={t('keeping.age')}
            allowDeselect={false}
            value={String(age)}
            data={ages.map((days) => ({ value: String(days), label: t('keeping.olderThan', { count: days }) }))}
            onChange={(days) => setAge(Number(days))}
          />
          <ConfirmButton
            size="xs"
            loading={remove.isPending}
            title={t('keeping.confirm')}
            text={t('keeping.text', { count: age })}
            onConfirm={() => remove.mutate({ params: { project }, body: { olderThanDays: age } })}
          >
            {t('keeping.delete')}
          </ConfirmButton>
        </Group>
      </Group>
      {remove.error !== null && <ErrorAlert error={remove.error} />}
    </>
  );
}
