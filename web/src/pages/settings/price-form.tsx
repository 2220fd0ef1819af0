import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { PriceHistory } from './price-history.tsx';

type Said = { asOf: string; source: string; author: string };
type Props = {
  title: string;
  kind: 'price' | 'batch_share';
  /** What is changed; null for what is not listed yet. */
  subject: string | null;
  own: Pick<Said, 'source'> | null;
  /** The figures themselves. */
  children: ReactNode;
  onClose: () => void;
  save: { isPending: boolean; error: ApiError | null };
  onSave: (said: Said) => void;
};

const today = (): string => new Date().toISOString().slice(0, 10);

/** A dialog that asks of a price where it stands, on which day and who says so, shows what was said before, and takes an own one back. */
export function PriceForm({ title, kind, subject, own, children, onClose, save, onSave }: Props) {
  const { t } = useTranslation('prices');
  const [author] = useAuthor();
  const [asOf, setAsOf] = useState(today);
  const [source, setSource] = useState(own?.source ?? '');
  const takeBack = useApiMutation('POST /api/prices/take-back');
  const error = save.error ?? takeBack.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ asOf, source, author });
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack component="form" onSubmit={submit} gap="sm">
        {children}
        <TextInput
          label={t('form.source')}
          description={t('form.sourceHelp')}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
          required
          maxLength={500}
        />
        <Group gap="sm" align="flex-end">
          <TextInput
            type="date"
            label={t('form.asOf')}
            value={asOf}
            onChange={(event) => setAsOf(event.currentTarget.value)}
            required
          />
          <AuthorField />
        </Group>
        {error !== null && <ErrorAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          {own !== null && subject !== null && (
            <ConfirmButton
              mr="auto"
              title={t('takeBack.title', { subject })}
              text={t('takeBack.text')}
              loading={takeBack.isPending}
              onConfirm={() => takeBack.mutate({ body: { kind, subject, author } }, { onSuccess: onClose })}
            >
              {t('takeBack.action')}
            </ConfirmButton>
          )}
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('common:save')}
          </Button>
        </Group>
        {subject !== null && <PriceHistory subject={subject} />}
      </Stack>
    </Modal>
  );
}
