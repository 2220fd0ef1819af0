import { Button, Group } from '@mantine/core';
import { CircleStop, Download, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { formatBytes } from '../../components/format.ts';
import { isComing, type LocalModel } from '../../components/use-local-models.ts';
import { TermsDialog } from './terms-dialog.tsx';

type Props = {
  model: LocalModel;
  busy: boolean;
  onFetch: (acceptTerms: boolean) => void;
  onStop: () => void;
  onRemove: () => void;
};

/** What can be done with a model's file now. */
export function LocalModelActions({ model, busy, onFetch, onStop, onRemove }: Props) {
  const { t } = useTranslation('models');
  const { title, kind, fileBytes, state } = model;
  const size = formatBytes(fileBytes);
  if (isComing(model)) {
    return (
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<CircleStop size={14} aria-hidden />}
          loading={busy}
          onClick={onStop}
        >
          {t('action.stop')}
        </Button>
      </Group>
    );
  }
  return (
    <Group gap="xs">
      {kind === 'known' && state.type !== 'ready' && <FetchButton model={model} busy={busy} onFetch={onFetch} />}
      {(state.type === 'ready' || kind === 'file') && (
        <ConfirmButton
          size="compact-sm"
          loading={busy}
          title={t('remove.title', { title })}
          text={kind === 'known' ? t('remove.fetched', { size }) : t('remove.file')}
          onConfirm={onRemove}
        >
          {t('remove.action')}
        </ConfirmButton>
      )}
    </Group>
  );
}

function FetchButton({ model, busy, onFetch }: Pick<Props, 'model' | 'busy' | 'onFetch'>) {
  const { t } = useTranslation('models');
  const [asking, setAsking] = useState(false);
  const { terms, title, fileBytes, state } = model;
  const again = state.type === 'failed';
  const Icon = again ? RotateCw : Download;
  const fetch = (acceptTerms: boolean) => {
    setAsking(false);
    onFetch(acceptTerms);
  };
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<Icon size={14} aria-hidden />}
        loading={busy}
        onClick={() => (terms === null ? fetch(false) : setAsking(true))}
      >
        {again ? t('action.again') : t('action.fetch', { size: formatBytes(fileBytes) })}
      </Button>
      {terms !== null && (
        <TermsDialog
          title={title}
          terms={terms}
          opened={asking}
          onClose={() => setAsking(false)}
          onAccept={() => fetch(true)}
        />
      )}
    </>
  );
}
