import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { ErrorAlert } from '../../components/query-state.tsx';

const empty = { name: '', baseUrl: '', keyVariable: '' };
const fields = [
  { name: 'name', required: true, maxLength: 80, placeholder: undefined },
  { name: 'baseUrl', required: true, type: 'url', placeholder: 'http://127.0.0.1:8000/v1' },
  { name: 'keyVariable', pattern: '[A-Z][A-Z0-9_]*', placeholder: 'LAB_API_KEY' },
] as const;

/** Adds a server that speaks the OpenAI protocol. The key itself is never typed here: it lives in the environment. */
export function AddConnection() {
  const { t } = useTranslation('settings');
  const [opened, { open, close }] = useDisclosure();
  const [draft, setDraft] = useState(empty);
  const add = useApiMutation('POST /api/connections');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { keyVariable, ...rest } = draft;
    const done = () => {
      setDraft(empty);
      close();
    };
    add.mutate({ body: { ...rest, keyVariable: keyVariable || null } }, { onSuccess: done });
  };
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
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
