import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useHotkey } from '../../components/hotkey.ts';
import { ErrorAlert } from '../../components/query-state.tsx';

/** Makes a prompt and goes on to write its first version. */
export function NewPrompt({ project }: { project: string }) {
  const { t } = useTranslation('prompts');
  const [opened, { open, close }] = useDisclosure();
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useApiMutation('POST /api/projects/:project/prompts');
  useHotkey('n', t('new.action'), open);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { params: { project }, body: { name } },
      {
        onSuccess: ({ slug }) =>
          navigate({ to: '/projects/$project/prompts/$prompt/edit', params: { project, prompt: slug } }),
      },
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
