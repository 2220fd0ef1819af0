import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { Save } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { AuthorField } from '../../components/author-field.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import classes from './save-panel.module.css';

type Props = {
  label: string;
  /** What waits to be saved. */
  pendingText: string;
  note: { label: string; placeholder: string; value: string; onChange: (note: string) => void };
  save: { text: string; pending: boolean; onSave: () => void };
  discard: { title: string; text: string; onDiscard: () => void };
  /** Beside the buttons. */
  actions?: ReactNode;
  /** What keeps it from being saved. */
  children?: ReactNode;
};

/** What was done to a set and is not saved yet: saved together, with a note and a name, or discarded. */
export function SavePanel({ label, pendingText, note, save, discard, actions, children }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.onSave();
  };
  return (
    <Paper component="form" className={classes.root} onSubmit={submit} aria-label={label}>
      <Stack gap="xs">
        <Text size="sm" fw={600} role="status">
          {pendingText}
        </Text>
        <div className={classes.fields}>
          <TextInput
            label={note.label}
            placeholder={note.placeholder}
            maxLength={2000}
            value={note.value}
            onChange={(event) => note.onChange(event.currentTarget.value)}
          />
          <AuthorField />
          <Group gap="xs">
            <Button type="submit" loading={save.pending} leftSection={<Save size={16} aria-hidden />}>
              {save.text}
            </Button>
            <KeyboardHint keys="mod+S" />
            {actions}
            <ConfirmButton title={discard.title} text={discard.text} onConfirm={discard.onDiscard}>
              {discard.title}
            </ConfirmButton>
          </Group>
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
