import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { ErrorAlert } from '../../components/query-state.tsx';

const empty = { path: '', name: '' };
const fields = [
  { name: 'path', required: true, placeholder: '/models/my-model.Q4_K_M.gguf' },
  { name: 'name', maxLength: 80, placeholder: 'my-model' },
] as const;

/** Adds a model whose file lies on this machine already; the file stays where it is. */
export function AddFile() {
  const { t } = useTranslation('models');
  const [opened, { open, close }] = useDisclosure();
  const [draft, setDraft] = useState(empty);
  const add = useApiMutation('POST /api/local-models');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      setDraft(empty);
      close();
    };
    add.mutate({ body: { path: draft.path.trim(), name: draft.name.trim() || undefined } }, { onSuccess: done });
  };
  return (
    <>
      <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {t('add.title')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('add.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack component="form" onSubmit={submit}>
          {fields.map(({ name, ...input }, index) => (
            <TextInput
              key={name}
              label={t(`add.${name}.label`)}
              description={t(`add.${name}.help`)}
              value={draft[name]}
              onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
              data-autofocus={index === 0 || undefined}
              {...input}
            />
          ))}
          {add.error !== null && <ErrorAlert error={add.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('add.action')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
