import { Group, Stack, Title, type TitleOrder } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/client.ts';
import { Comment, type CommentData } from './comment.tsx';
import { CommentForm, type CommentSubject } from './comment-form.tsx';
import classes from './comments.module.css';
import { ErrorAlert } from './query-state.tsx';

type Props = {
  query: UseQueryResult<{ comments: CommentData[] }, ApiError>;
  /** What can be commented here; the first is what the page is about. */
  subjects: readonly [CommentSubject, ...CommentSubject[]];
  /** Level of the heading. */
  order: TitleOrder;
};

/** What people said of something, and the place to say more. */
export function Comments({ query, subjects, order }: Props) {
  const { t } = useTranslation('comments');
  const id = useId();
  const place = usePlace(subjects[0]);
  const comments = query.data?.comments ?? [];
  return (
    <Stack component="section" gap="xs" aria-labelledby={id}>
      <Group gap="xs">
        <Title order={order} size={order === 2 ? undefined : 'sm'} id={id}>
          {t('title')}
        </Title>
        {query.isSuccess && comments.length === 0 && <span className="dim">{t('none')}</span>}
      </Group>
      {query.error !== null && <ErrorAlert error={query.error} retry={() => query.refetch()} />}
      {comments.length > 0 && (
        <ul className={classes.list}>
          {comments.map((comment) => (
            <Comment key={comment.id} comment={comment} place={place(comment.subject)} />
          ))}
        </ul>
      )}
      <CommentForm subjects={subjects} />
    </Stack>
  );
}

/** Says where a comment was written where that is not quite what the thread is about. */
function usePlace(here: CommentSubject) {
  const { t } = useTranslation('comments');
  return (at: CommentSubject): { text: string; title?: string } | undefined => {
    if (at.kind === 'scope') return { text: t('atVersion', { version: at.version }) };
    if (at.kind === 'case' && here.kind !== 'case') return { text: t('atCase'), title: t('atCaseTitle') };
    if (at.kind === 'result' && here.kind === 'result' && at.result !== here.result) return { text: t('atEarlier') };
    return undefined;
  };
}
