import { Autocomplete, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { AuthorField } from '../../components/author-field.tsx';
import { DateTime } from '../../components/figures.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { isLayerOpen } from '../../components/open-layer.ts';
import { type ReviewText, useSaveReview } from './use-save-review.ts';
import { type Verdict, VerdictField } from './verdict-field.tsx';
import type { Result } from './verdict-text.tsx';

export type ReviewField = 'category' | 'note';
type Props = {
  project: string;
  result: Pick<Result, 'id' | 'caseKey' | 'outcome' | 'review'>;
  /** Which field has the focus at once. */
  startsIn?: ReviewField | null;
  /** After Enter or the button, with the field that the person was in; the saving may still be under way. */
  onSaved?: (from: ReviewField | null) => void;
};

const equal = (a: ReviewText, b: ReviewText): boolean =>
  a.category === b.category && a.note === b.note && a.verdict === b.verdict;

/** A person's reading of a result: a verdict, the category of its failure and a note. Enter saves; so does leaving the form, so that nothing is lost. */
export function ReviewForm({ project, result, startsIn = null, onSaved }: Props) {
  const { t } = useTranslation('runs');
  const { review } = result;
  const saved: ReviewText = {
    category: review?.category ?? '',
    note: review?.note ?? '',
    verdict: review?.verdict ?? null,
  };
  const [draft, setDraft] = useState<ReviewText>(saved);
  /** What was handed over last: what is the same is not saved twice. */
  const stored = useRef<ReviewText>(saved);
  const { save, isPending } = useSaveReview();
  const category = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  useHotkey('c', t('review.toCategory'), () => category.current?.focus());
  useHotkey('n', t('review.toNote'), () => note.current?.focus());
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project } });
  const store = async (next = draft) => {
    const before = stored.current;
    if (equal(next, before)) return;
    stored.current = next;
    if (!(await save(result, next))) stored.current = before;
  };
  const judge = (verdict: Verdict) => {
    setDraft({ ...draft, verdict });
    void store({ ...draft, verdict });
  };
  const finish = (from: ReviewField | null) => {
    void store();
    onSaved?.(from);
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    finish('note');
  };
  const leave = ({ key, target }: KeyboardEvent) => {
    if (key === 'Escape' && !isLayerOpen() && target instanceof HTMLElement) target.blur();
  };
  const changed = !equal(draft, saved);
  return (
    <Stack
      component="form"
      gap="xs"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        finish(document.activeElement === category.current ? 'category' : null);
      }}
      onKeyDown={leave}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) void store();
      }}
    >
      <VerdictField outcome={result.outcome} value={draft.verdict} onChange={judge} />
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
          onKeyDown={onEnter}
        />
      </Group>
      <Group gap="xs" align="flex-end">
        <AuthorField size="xs" w={170} />
        <Button type="submit" size="xs" variant="default" loading={isPending}>
          {t('common:save')}
        </Button>
        {!changed && review !== null && (
          <Text size="xs" c="dimmed" role="status" component="div">
            {t('common:saved')} <DateTime at={review.createdAt} />
          </Text>
        )}
      </Group>
    </Stack>
  );
}
