import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../server/http/contract/index.ts';
import { useApiMutation } from '../api/query.ts';
import { useAuthor } from './author-field.tsx';
import { LONGEST, onCtrlEnter } from './comment-form.tsx';
import classes from './comments.module.css';
import { ConfirmButton } from './confirm-button.tsx';
import { DateTime } from './figures.tsx';
import { ErrorAlert } from './query-state.tsx';

export type CommentData = Answer<'GET /api/runs/:run/comments'>['comments'][number];

/** What a person said, as it was written; `place` says where, if not here. */
export function Comment({ comment, place }: { comment: CommentData; place?: { text: string; title?: string } }) {
  const { t } = useTranslation('comments');
  const { id, text, author, createdAt, editedAt, resolved } = comment;
  const [editing, setEditing] = useState(false);
  const [person] = useAuthor();
  const change = useApiMutation('PATCH /api/comments/:id');
  const remove = useApiMutation('DELETE /api/comments/:id');
  const error = change.error ?? remove.error;
  const params = { id };
  const action = { size: 'compact-xs', variant: 'subtle', color: 'gray', fw: 400 } as const;
  return (
    <li className={classes.comment} data-resolved={resolved !== null}>
      <div className={classes.head}>
        <span>{author || t('nobody')}</span>
        <span className="dim">
          <DateTime at={createdAt} />
        </span>
        {editedAt !== null && <span className="dim">{t('edited')}</span>}
        {place && (
          <span className="dim" title={place.title}>
            {place.text}
          </span>
        )}
        {resolved !== null && (
          <span className="dim">
            {t('resolvedBy', { name: resolved.by || t('nobody') })} <DateTime at={resolved.at} />
          </span>
        )}
      </div>
      {editing ? (
        <Editing comment={comment} onEnd={() => setEditing(false)} />
      ) : (
        <>
          <p className={classes.text}>{text}</p>
          <div className={classes.actions}>
            <Button
              {...action}
              loading={change.isPending}
              onClick={() => change.mutate({ params, body: { resolved: resolved === null, author: person } })}
            >
              {t(resolved === null ? 'resolve' : 'reopen')}
            </Button>
            <Button {...action} onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
            <ConfirmButton
              {...action}
              title={t('deleteTitle')}
              text={t('deleteText')}
              onConfirm={() => remove.mutate({ params })}
            >
              {t('delete')}
            </ConfirmButton>
          </div>
        </>
      )}
      {error !== null && <ErrorAlert error={error} />}
    </li>
  );
}

function Editing({ comment: { id, text }, onEnd }: { comment: CommentData; onEnd: () => void }) {
  const { t } = useTranslation('comments');
  const [draft, setDraft] = useState(text);
  const change = useApiMutation('PATCH /api/comments/:id');
  const save = () => {
    if (draft.trim() !== '') change.mutate({ params: { id }, body: { text: draft } }, { onSuccess: onEnd });
  };
  return (
    <Stack gap="xs" mt={4}>
      <Textarea
        aria-label={t('editing')}
        autosize
        autoFocus
        minRows={2}
        maxRows={12}
        maxLength={LONGEST}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onCtrlEnter(save)}
      />
      {change.error !== null && <ErrorAlert error={change.error} />}
      <Group gap="xs">
        <Button size="xs" onClick={save} loading={change.isPending} disabled={draft.trim() === ''}>
          {t('common:save')}
        </Button>
        <Button size="xs" variant="default" onClick={onEnd}>
          {t('common:cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
