import {
  Group,
  NumberInput,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
  Title,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './run-what-fields.tsx';

/** How hard the model is asked, and when the run stops by itself. */
export function RunLimitFields({ draft, change, messageAt }: Omit<FieldsProps, 'project'>) {
  const { t } = useTranslation('runs');
  return (
    <Paper>
      <Stack gap="sm">
        <Title order={2}>{t('new.limits')}</Title>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          <NumberInput
            label={t('settings.repeats')}
            description={t('new.repeatsHelp')}
            min={1}
            max={20}
            clampBehavior="none"
            value={draft.repeats}
            onChange={(repeats) => change({ repeats })}
            error={messageAt('repeats')}
          />
          <NumberInput
            label={t('settings.concurrency')}
            description={t('new.concurrencyHelp')}
            min={1}
            max={256}
            clampBehavior="none"
            value={draft.concurrency}
            onChange={(concurrency) => change({ concurrency })}
            error={messageAt('concurrency')}
          />
          {draft.mode === 'live' && (
            <NumberInput
              label={t('settings.timeout')}
              description={t('new.timeoutHelp')}
              suffix=" s"
              min={0.1}
              clampBehavior="none"
              value={draft.timeoutSeconds}
              onChange={(timeoutSeconds) => change({ timeoutSeconds })}
              error={messageAt('timeoutSeconds')}
            />
          )}
          <NumberInput
            label={t('settings.maxCost')}
            description={t('new.maxCostHelp')}
            placeholder={t('settings.none')}
            prefix="$"
            min={0}
            decimalScale={6}
            clampBehavior="none"
            value={draft.maxCostUsd}
            onChange={(maxCostUsd) => change({ maxCostUsd })}
            error={messageAt('maxCostUsd')}
          />
          {draft.mode === 'live' && (
            <NumberInput
              label={t('settings.stopAt')}
              description={t('new.stopAtHelp')}
              placeholder={t('settings.never')}
              suffix="%"
              clampBehavior="none"
              value={draft.stopAtPercent}
              onChange={(stopAtPercent) => change({ stopAtPercent })}
              error={messageAt('stopAtPercent')}
            />
          )}
          <ErrorLimit draft={draft} change={change} messageAt={messageAt} />
          <Switch
            label={t('settings.cache')}
            description={t('new.cacheHelp')}
            checked={draft.useCache}
            onChange={(event) => change({ useCache: event.currentTarget.checked })}
            mt={4}
          />
        </SimpleGrid>
        <TextInput
          label={t('note')}
          description={t('new.noteHelp')}
          maxLength={2000}
          value={draft.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </Stack>
    </Paper>
  );
}

function ErrorLimit({ draft, change, messageAt }: Omit<FieldsProps, 'project'>) {
  const { t } = useTranslation('runs');
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <NumberInput
        label={t('settings.maxErrors')}
        description={t('new.maxErrorsHelp')}
        min={0}
        clampBehavior="none"
        value={draft.maxErrors}
        onChange={(maxErrors) => change({ maxErrors })}
        error={messageAt('maxErrors')}
        flex={1}
      />
      <SegmentedControl
        aria-label={t('new.errorUnit')}
        size="xs"
        value={draft.errorUnit}
        onChange={(unit) => change({ errorUnit: unit === 'count' ? 'count' : 'percent' })}
        data={[
          { value: 'percent', label: '%' },
          { value: 'count', label: t('new.errorCount') },
        ]}
      />
    </Group>
  );
}
