import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { Save } from 'lucide-react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { AuthorField } from '../../../components/author-field.tsx';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { KeyboardHint } from '../../../components/keyboard-hint.tsx';
import { ErrorAlert } from '../../../components/query-state.tsx';
import classes from '../changes-panel.module.css';
import { relabels, type useDecisions } from './use-decisions.ts';

type Props = {
  own: ReturnType<typeof useDecisions>;
  /** The version that was audited. */
  version: number;
};

/** What was decided and is not saved yet. Relabelled cases make the next version of the set; confirmed ones are remembered. */
export function DecisionsPanel({ own, version }: Props) {
  const { t } = useTranslation('audit');
  const relabelled = relabels(own.decisions);
  const confirmed = own.decisions.size - relabelled;
  const parts = [
    ...(confirmed > 0 ? [t('decisions.confirmed', { count: confirmed })] : []),
    ...(relabelled > 0 ? [t('decisions.relabelled', { count: relabelled })] : []),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    own.save();
  };
  return (
    <Paper component="form" className={classes.root} onSubmit={submit} aria-label={t('decisions.label')}>
      <Stack gap="xs">
        <Text size="sm" fw={600} role="status">
          {t('decisions.pending', { what: parts.join(t('decisions.and')) })}
        </Text>
        <div className={classes.fields}>
          <TextInput
            label={t('decisions.note')}
            placeholder={t('decisions.notePlaceholder')}
            maxLength={2000}
            value={own.note}
            onChange={(event) => own.setNote(event.currentTarget.value)}
          />
          <AuthorField />
          <Group gap="xs">
            <Button type="submit" loading={own.pending} leftSection={<Save size={16} aria-hidden />}>
              {relabelled > 0 ? t('decisions.saveVersion', { number: version + 1 }) : t('decisions.save')}
            </Button>
            <KeyboardHint keys="mod+S" />
            <ConfirmButton title={t('decisions.discard')} text={t('decisions.discardText')} onConfirm={own.clear}>
              {t('decisions.discard')}
            </ConfirmButton>
          </Group>
        </div>
        {own.nameMissing && (
          <Text size="sm" c="var(--w-fail)" role="alert">
            {t('decisions.nameMissing')}
          </Text>
        )}
        {own.error !== null && <ErrorAlert error={own.error} />}
      </Stack>
    </Paper>
  );
}
