import { Group, Paper, Radio, SimpleGrid, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './new-run.module.css';
import type { RunDraft } from './run-draft.ts';
import type { FieldsProps } from './run-what-fields.tsx';
import type { BatchMode } from './use-batch-mode.ts';

type Props = Pick<FieldsProps, 'draft' | 'change'> & { batches: BatchMode };

/** Whether answers come at once or by the provider's batches; nothing where the model's connection has none. */
export function RunModeField({ draft, change, batches }: Props) {
  const { t } = useTranslation('batches');
  if (!batches.offered) return null;
  const { share } = batches;
  const about: Record<RunDraft['mode'], string> = {
    live: t('mode.liveHelp'),
    batch: share === null ? t('mode.batchHelpNoPrice') : t('mode.batchHelp', { share }),
  };
  return (
    <Paper>
      <Radio.Group
        label={<Title order={2}>{t('mode.title')}</Title>}
        value={draft.mode}
        onChange={(value) => change({ mode: value === 'batch' ? 'batch' : 'live' })}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="sm">
          {(['live', 'batch'] as const).map((mode) => (
            <Radio.Card key={mode} value={mode} p="xs" radius="sm" className={classes.card}>
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Radio.Indicator size="xs" mt={3} />
                <div>
                  <strong>{t(`mode.${mode}`)}</strong>
                  <div className="dim" style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
                    {about[mode]}
                  </div>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
    </Paper>
  );
}
