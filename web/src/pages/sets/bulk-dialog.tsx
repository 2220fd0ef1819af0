import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { type BulkEdit, shownEdit } from './set-changes.ts';
import type { SetDetail } from './set-contents.tsx';
import type { CaseFilter } from './use-cases.ts';

type Props = {
  project: string;
  set: SetDetail;
  filter: CaseFilter;
  count: number;
  edit: BulkEdit;
  /** Whether there are changes on the page that are not saved. */
  isChanged: boolean;
  onSaved: (number: number, changed: number) => void;
  onClose: () => void;
};

/** Asks once more before all cases that match are changed: with a note, as the set's next version. */
export function BulkDialog({ project, set, filter, count, edit, isChanged, onSaved, onClose }: Props) {
  const { t } = useTranslation('sets');
  const [author] = useAuthor();
  const what = t(`bulk.edit.${edit.type}`, { value: shownEdit(edit) });
  const [note, setNote] = useState(what);
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/change-matching');
  const save = () =>
    mutation.mutate(
      { params: { project, set: set.slug }, body: { base: set.version, filter, edit, note, author } },
      { onSuccess: ({ version, changed }) => onSaved(version.number, changed) },
    );
  return (
    <Modal opened onClose={onClose} title={what}>
      <Stack gap="sm">
        <Text size="sm">{t(isChanged ? 'bulk.saveFirst' : 'bulk.ask', { count, number: set.version + 1 })}</Text>
        <TextInput
          label={t('changes.note')}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <AuthorField />
        <DialogActions error={mutation.error} onCancel={onClose}>
          <Button loading={mutation.isPending} disabled={isChanged} onClick={save}>
            {t('bulk.change', { count })}
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}
