import { Anchor, Button, Checkbox, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogActions } from '../../components/dialog-actions.tsx';
import type { LocalModel } from '../../components/use-local-models.ts';

type Props = {
  /** Of the model. */
  title: string;
  terms: NonNullable<LocalModel['terms']>;
  opened: boolean;
  onClose: () => void;
  onAccept: () => void;
};

/** What has to be agreed to before a model is fetched. */
export function TermsDialog({ title, terms, opened, onClose, onAccept }: Props) {
  const { t } = useTranslation('models');
  const [agreed, setAgreed] = useState(false);
  return (
    <Modal opened={opened} onClose={onClose} title={t('terms.title', { title })}>
      <Stack>
        <Text>
          {t('terms.intro')}{' '}
          <Anchor href={terms.url} underline="always" target="_blank" rel="noreferrer">
            {terms.title}
          </Anchor>
        </Text>
        <Text size="sm" lang="en">
          {terms.text}
        </Text>
        <Checkbox
          label={t('terms.agree')}
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
          data-autofocus
        />
        <DialogActions onCancel={onClose}>
          <Button disabled={!agreed} onClick={onAccept}>
            {t('terms.fetch')}
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}
