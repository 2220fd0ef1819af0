import { Autocomplete, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { DateTime } from '../../components/figures.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Result } from './verdict-text.tsx';

export type ReviewField = 'category' | 'note';
type Props = {
  project: string;
  result: Pick<Result, 'id' | 'review'>;
  /** Which field has the focus at once. */
  startsIn?: ReviewField | null;
  /** After Enter or the button, with the field that the person was in. */
  onSaved?: (from: ReviewField | null) => void;
};

/** A person's reading of a result: the category of its failure and a note. Enter saves; so does leaving the form, so that nothing is lost. */
export function ReviewForm({ project, result, startsIn = null, onSaved }: Props) {
  const { t } = useTranslation('runs');
  const saved = { category: result.review?.category ?? '', note: result.review?.note ?? '' };
  const [draft, setDraft] = useState(saved);
  const [author] = useAuthor();
  const save = useApiMutation('PUT /api/results/:id/review');
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project } });
  const category = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  useHotkey('c', t('review.toCategory'), () => category.current?.focus());
  useHotkey('n', t('review.toNote'), () => note.current?.focus());
  const changed = draft.category !== saved.category || draft.note !== saved.note;
  const store = () => {
    if (changed) save.mutate({ params: { id: result.id }, body: { ...draft, author } });
  };
  const finish = (from: ReviewField | null) => {
    store();
    onSaved?.(from);
  };
  return (
    <Stack
      component="form"
      gap="xs"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        finish(document.activeElement === category.current ? 'category' : null);
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) store();
      }}
    >
      <Group gap="xs" align="flex-start" grow preventGrowOverflow={false}>
        <Autocomplete
          ref={category}
          label={t('category')}
          placeholder={t('review.categoryPlaceholder')}
          data={data?.categories.map((one) => one.category) ?? []}
          autoFocus={startsIn === 'category'}
          maxLength={80}
          miw={180}
          value={draft.category}
          onChange={(value) => setDraft((before) => ({ ...before, category: value }))}
        />
        <Textarea
          ref={note}
          label={t('note')}
          placeholder={t('review.notePlaceholder')}
          autosize
          minRows={1}
          maxRows={8}
          autoFocus={startsIn === 'note'}
          maxLength={5000}
          miw={220}
          value={draft.note}
          onChange={(event) => setDraft((before) => ({ ...before, note: event.target.value }))}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            finish('note');
          }}
        />
      </Group>
      <Group gap="xs" align="flex-end">
        <AuthorField size="xs" w={170} />
        <Button type="submit" size="xs" variant="default" loading={save.isPending} disabled={!changed}>
          {t('common:save')}
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {changed || result.review === null ? '' : t('common:saved')}{' '}
          {!changed && result.review !== null && result.review.createdAt !== '' && (
            <DateTime at={result.review.createdAt} />
          )}
        </Text>
      </Group>
      {save.error !== null && <ErrorAlert error={save.error} />}
    </Stack>
  );
}
