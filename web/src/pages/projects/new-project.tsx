import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useHotkey } from '../../components/hotkey.ts';
import { ErrorAlert } from '../../components/query-state.tsx';

/** Makes a project and goes to its scope, where the work begins. */
export function NewProject() {
  const { t } = useTranslation('projects');
  const [opened, { open, close }] = useDisclosure();
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useApiMutation('POST /api/projects');
  useHotkey('n', t('new.action'), open);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { body: { name } },
      { onSuccess: ({ slug }) => navigate({ to: '/projects/$project/scope', params: { project: slug } }) },
    );
  };
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {t('new.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('new.action')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack component="form" onSubmit={submit}>
          <TextInput
            data-autofocus
            required
            maxLength={80}
            label={t('new.name')}
            description={t('new.nameHelp')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {create.error !== null && <ErrorAlert error={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('new.create')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
