import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { DialogActions } from './dialog-actions.tsx';
import { useHotkey } from './hotkey.ts';

type Props = {
  texts: { action: string; name: string; nameHelp: string; create: string };
  creation: { isPending: boolean; error: Error | null };
  onCreate: (name: string) => void;
};

/** A button, and the key `n`, that ask for the name of something new. */
export function NewNamed({ texts, creation, onCreate }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const [name, setName] = useState('');
  useHotkey('n', texts.action, open);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCreate(name);
  };
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {texts.action}
      </Button>
      <Modal opened={opened} onClose={close} title={texts.action}>
        <Stack component="form" onSubmit={submit}>
          <TextInput
            data-autofocus
            required
            maxLength={80}
            pattern=".*\S.*"
            title={texts.nameHelp}
            label={texts.name}
            description={texts.nameHelp}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <DialogActions error={creation.error} onCancel={close}>
            <Button type="submit" loading={creation.isPending}>
              {texts.create}
            </Button>
          </DialogActions>
        </Stack>
      </Modal>
    </>
  );
}
