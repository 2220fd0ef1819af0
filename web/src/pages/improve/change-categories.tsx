import { Autocomplete, Button, Modal, MultiSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { DialogActions } from '../../components/dialog-actions.tsx';

const KEY = 'GET /api/projects/:project/categories';

/** Renames a category, or merges several into one, in all runs of the project. */
export function ChangeCategories({ project }: { project: string }) {
  const { t } = useTranslation('improve');
  const [opened, { open, close }] = useDisclosure();
  const known = useApi(KEY, { params: { project } }).data?.categories ?? [];
  if (known.length === 0) return null;
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open}>
        {t('change.action')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('change.title')}>
        <ChangeForm project={project} known={known} onDone={close} />
      </Modal>
    </>
  );
}

type FormProps = {
  project: string;
  known: readonly { category: string; count: number }[];
  onDone: () => void;
};

function ChangeForm({ project, known, onDone }: FormProps) {
  const { t } = useTranslation('improve');
  const [from, setFrom] = useState<string[]>([]);
  const [to, setTo] = useState('');
  const [author] = useAuthor();
  const change = useApiMutation('POST /api/projects/:project/category-changes');
  const name = to.trim();
  const names = known.map(({ category }) => category);
  const moving = from.filter((category) => category !== name);
  const results = known.reduce((sum, { category, count }) => sum + (moving.includes(category) ? count : 0), 0);
  const merges = moving.length > 1 || names.includes(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ params: { project }, body: { from: moving, to: name, author } }, { onSuccess: onDone });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <MultiSelect
        data-autofocus
        required
        searchable
        label={t('change.from')}
        data={names}
        value={from}
        onChange={setFrom}
        nothingFoundMessage={t('change.noneFound')}
      />
      <Autocomplete
        required
        maxLength={80}
        label={t('change.to')}
        description={t('change.toHelp')}
        data={names}
        value={to}
        onChange={setTo}
      />
      <AuthorField />
      {name !== '' && moving.length > 0 && (
        <Text size="sm" role="status">
          {t('change.effect', { count: results, category: name })}
        </Text>
      )}
      <DialogActions error={change.error} onCancel={onDone}>
        <Button type="submit" loading={change.isPending} disabled={name === '' || moving.length === 0}>
          {t(merges ? 'change.merge' : 'change.rename')}
        </Button>
      </DialogActions>
    </Stack>
  );
}
