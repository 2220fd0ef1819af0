import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Check, Undo2, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { shownValue } from '../prompts/subject.ts';
import { FirstCaseFields, isSubmit, isWhole, type TypedCase } from './first-case-fields.tsx';
import type { CaseBasis } from './first-cases.tsx';
import type { Drafting } from './first-drafting.tsx';
import { LikenessNote } from './first-likeness.tsx';
import { sentCase } from './first-typed.tsx';

type CaseDraft = Answer<'GET /api/projects/:project/draftings'>['drafts'][number];

type DraftsProps = Pick<CaseBasis, 'labels'> & { drafts: readonly CaseDraft[]; draftings: readonly Drafting[] };

/** So many stand below one another; the next come as these are decided on. */
const MOST_SHOWN = 10;

/** The drafts that nobody has decided on, each to be read, changed, and confirmed or dropped. */
export function CaseDrafts({ labels, drafts, draftings }: DraftsProps) {
  const { t } = useTranslation('start');
  const { list, error, dropped, ...decide } = useDecisions(drafts);
  const title = t('drafts.title', { count: drafts.length });
  return (
    <section ref={list} tabIndex={-1} aria-label={title}>
      <Stack gap="sm">
        {drafts.length > 0 && (
          <>
            <Title order={3}>{title}</Title>
            <Text size="sm" maw={820}>
              {t('drafts.how')} <KeyboardHint keys="mod+Enter" />
            </Text>
          </>
        )}
        {error !== null && <ErrorAlert error={error} />}
        {dropped !== null && <Dropped onTakeBack={() => decide.takeBack(dropped)} />}
        {drafts.slice(0, MOST_SHOWN).map((draft) => (
          <DraftCard
            key={draft.id}
            draft={draft}
            set={draftings.find(({ id }) => id === draft.draftingId)?.set ?? ''}
            labels={labels}
            {...decide}
          />
        ))}
        {drafts.length > MOST_SHOWN && (
          <Text size="sm" c="dimmed">
            {t('drafts.more', { count: drafts.length - MOST_SHOWN })}
          </Text>
        )}
      </Stack>
    </section>
  );
}

/** What a person does with drafts; once one is decided on and gone, the next one has the focus. */
function useDecisions(drafts: readonly CaseDraft[]) {
  const [author] = useAuthor();
  const [dropped, setDropped] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const decided = useRef<number | null>(null);
  const confirming = useApiMutation('POST /api/case-drafts/:id/confirm');
  const dropping = useApiMutation('POST /api/case-drafts/:id/drop');
  const reopening = useApiMutation('POST /api/case-drafts/:id/reopen');
  useEffect(() => {
    if (decided.current === null || drafts.some(({ id }) => id === decided.current)) return;
    decided.current = null;
    (list.current?.querySelector<HTMLElement>('textarea') ?? list.current)?.focus();
  }, [drafts]);
  return {
    list,
    dropped,
    error: confirming.error ?? dropping.error ?? reopening.error,
    busy: confirming.isPending || dropping.isPending,
    confirm: (id: number, typed: TypedCase, fields: readonly string[]) => {
      setDropped(null);
      decided.current = id;
      const sent = { ...sentCase(typed, fields), split: typed.split ?? ('dev' as const) };
      confirming.mutate({ params: { id }, body: { case: sent, author } });
    },
    drop: (id: number) => {
      decided.current = id;
      dropping.mutate({ params: { id }, body: { author } }, { onSuccess: () => setDropped(id) });
    },
    takeBack: (id: number) => reopening.mutate({ params: { id } }, { onSuccess: () => setDropped(null) }),
  };
}

function Dropped({ onTakeBack }: { onTakeBack: () => void }) {
  const { t } = useTranslation('start');
  return (
    <Alert color="gray" variant="light" role="status">
      <Group gap="sm">
        <Text size="sm">{t('drafts.dropped')}</Text>
        <Button size="compact-sm" variant="default" leftSection={<Undo2 size={14} aria-hidden />} onClick={onTakeBack}>
          {t('drafts.takeBack')}
        </Button>
      </Group>
    </Alert>
  );
}

type CardProps = {
  draft: CaseDraft;
  /** The set that it goes to. */
  set: string;
  labels: readonly string[];
  busy: boolean;
  confirm: (id: number, typed: TypedCase, fields: readonly string[]) => void;
  drop: (id: number) => void;
};

function DraftCard({ draft, set, labels, busy, confirm, drop }: CardProps) {
  const { t } = useTranslation('start');
  const fields = Object.keys(draft.variables);
  const [typed, setTyped] = useState<TypedCase>({
    values: Object.fromEntries(Object.entries(draft.variables).map(([name, value]) => [name, shownValue(value)])),
    expected: shownValue(draft.expected),
    tags: [...draft.tags],
    split: 'dev',
  });
  const ready = isWhole(typed, fields) && !busy;
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (ready) confirm(draft.id, typed, fields);
  };
  return (
    <Paper
      component="form"
      withBorder
      aria-label={t('drafts.draft', { number: draft.id })}
      onSubmit={submit}
      onKeyDown={(event: KeyboardEvent) => isSubmit(event) && submit(event)}
    >
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {t('drafts.into', { number: draft.id, set })}
        </Text>
        <LikenessNote like={draft.like} />
        <FirstCaseFields fields={fields} labels={labels} value={typed} onChange={setTyped} drawn={false} />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" leftSection={<Check size={14} aria-hidden />} disabled={!ready}>
            {t('drafts.confirm')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<X size={14} aria-hidden />}
            disabled={busy}
            onClick={() => drop(draft.id)}
          >
            {t('drafts.drop')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
