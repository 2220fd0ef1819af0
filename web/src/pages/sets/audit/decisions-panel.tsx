import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../../components/query-state.tsx';
import { SavePanel } from '../save-panel.tsx';
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
  return (
    <SavePanel
      label={t('decisions.label')}
      pendingText={t('decisions.pending', { what: parts.join(t('decisions.and')) })}
      note={{
        label: t('decisions.note'),
        placeholder: t('decisions.notePlaceholder'),
        value: own.note,
        onChange: own.setNote,
      }}
      save={{
        text: relabelled > 0 ? t('decisions.saveVersion', { number: version + 1 }) : t('decisions.save'),
        pending: own.pending,
        onSave: own.save,
      }}
      discard={{ title: t('decisions.discard'), text: t('decisions.discardText'), onDiscard: own.clear }}
    >
      {own.nameMissing && (
        <Text size="sm" c="var(--w-fail)" role="alert">
          {t('decisions.nameMissing')}
        </Text>
      )}
      {own.error !== null && <ErrorAlert error={own.error} />}
    </SavePanel>
  );
}
