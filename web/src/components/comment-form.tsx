import { Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentBody } from '../../../server/http/contract/index.ts';
import { useApiMutation } from '../api/query.ts';
import { AuthorField, useAuthor } from './author-field.tsx';
import { useHotkey } from './hotkey.ts';
import { KeyboardHint } from './keyboard-hint.tsx';
import { ErrorAlert } from './query-state.tsx';

export type CommentSubject = SentBody<'POST /api/comments'>['subject'];
export const LONGEST = 5000;

/** Sends what is written where a person presses Enter with Ctrl or ⌘. */
export const onCtrlEnter = (send: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  send();
};

/** Writes a comment on one of these, the first unless another is chosen. What is not sent yet stays in this browser. */
export function CommentForm({ subjects }: { subjects: readonly [CommentSubject, ...CommentSubject[]] }) {
  const { t } = useTranslation('comments');
  const [kind, setKind] = useState(subjects[0].kind);
  const subject = subjects.find((one) => one.kind === kind) ?? subjects[0];
  const key = `whetstone.comment/${Object.values(subjects[0]).join('/')}`;
  const [text, setText, forget] = useLocalStorage({
    key,
    defaultValue: '',
    getInitialValueInEffect: false,
    serialize: (draft) => draft,
    deserialize: (draft) => draft ?? '',
  });
  const [entered, setEntered] = useState(false);
  const [author] = useAuthor();
  const field = useRef<HTMLTextAreaElement>(null);
  const add = useApiMutation('POST /api/comments');
  useHotkey('m', t('write'), () => field.current?.focus());
  const send = () => {
    if (text.trim() === '' || add.isPending) return;
    // What is sent is forgotten though the person has gone on to the next result; `mutate` would not tell. What kept it from being sent stands below.
    void add.mutateAsync({ body: { subject, text, author } }).then(
      () => {
        // What was written while it was on its way stays.
        const kept = localStorage.getItem(key) ?? '';
        const rest = kept.startsWith(text) ? kept.slice(text.length) : kept;
        if (rest.trim() === '') forget();
        else setText(rest);
      },
      () => undefined,
    );
  };
  return (
    <Stack gap="xs">
      <Textarea
        ref={field}
        aria-label={t('write')}
        placeholder={t('write')}
        autosize
        minRows={1}
        maxRows={12}
        maxLength={LONGEST}
        value={text}
        onFocus={() => setEntered(true)}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onCtrlEnter(send)}
      />
      {add.error !== null && <ErrorAlert error={add.error} />}
      {(entered || text !== '') && (
        <Group gap="xs" align="flex-end">
          <AuthorField size="xs" w={170} />
          {subjects.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t('about')}
              value={kind}
              onChange={(value) => setKind(subjects.find((one) => one.kind === value)?.kind ?? kind)}
              data={subjects.map((one) => ({ value: one.kind, label: t(`subject.${one.kind}`) }))}
            />
          )}
          <Button size="xs" onClick={send} loading={add.isPending} disabled={text.trim() === ''}>
            {t('send')}
          </Button>
          <KeyboardHint keys="mod+Enter" />
        </Group>
      )}
    </Stack>
  );
}
