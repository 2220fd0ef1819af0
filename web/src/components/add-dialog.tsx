import { Button, Modal, Stack, TextInput, type TextInputProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ApiError } from '../api/client.ts';
import { DialogActions } from './dialog-actions.tsx';

type Field<Name extends string> = { name: Name; label: string; description: string } & Pick<
  TextInputProps,
  'required' | 'maxLength' | 'type' | 'pattern' | 'placeholder'
>;

type Props<Name extends string> = {
  title: string;
  action: string;
  variant?: 'default' | 'filled';
  /** All begin empty; the first has the focus. */
  fields: readonly Field<Name>[];
  /** Calls back once it is added: the dialog closes and forgets what was typed. */
  onAdd: (typed: (name: Name) => string, done: () => void) => void;
  pending: boolean;
  error: ApiError | null;
};

/** A button with a dialog of a few text fields, by which something is added. */
export function AddDialog<Name extends string>({ title, action, variant, fields, onAdd, pending, error }: Props<Name>) {
  const [opened, { open, close }] = useDisclosure();
  const [draft, setDraft] = useState<ReadonlyMap<Name, string>>(new Map());
  const typed = (name: Name) => draft.get(name) ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(typed, () => {
      setDraft(new Map());
      close();
    });
  };
  return (
    <>
      <Button variant={variant} leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {title}
      </Button>
      <Modal opened={opened} onClose={close} title={title}>
        <Stack component="form" onSubmit={submit}>
          {fields.map(({ name, ...input }, index) => (
            <TextInput
              key={name}
              value={typed(name)}
              onChange={(event) => setDraft(new Map(draft).set(name, event.currentTarget.value))}
              data-autofocus={index === 0 || undefined}
              {...input}
            />
          ))}
          <DialogActions error={error} onCancel={close}>
            <Button type="submit" loading={pending}>
              {action}
            </Button>
          </DialogActions>
        </Stack>
      </Modal>
    </>
  );
}
