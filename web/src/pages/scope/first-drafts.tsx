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
import { FirstCaseFields, isWhole, type TypedCase } from './first-case-fields.tsx';
import type { CaseBasis } from './first-cases.tsx';
import { LikenessNote } from './first-likeness.tsx';
import { sentCase } from './first-typed.tsx';

type CaseDraft = Answer<'GET /api/projects/:project/draftings'>['drafts'][number];

/** So many stand below one another; the next come as these are decided on. */
const MOST_SHOWN = 10;

/** The drafts that nobody has decided on, each to be read, changed, and confirmed or dropped. */
export function CaseDrafts({ labels, drafts }: CaseBasis & { drafts: readonly CaseDraft[] }) {
  const { t } = useTranslation('start');
  const [author] = useAuthor();
  const [dropped, setDropped] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const confirm = useApiMutation('POST /api/case-drafts/:id/confirm');
  const drop = useApiMutation('POST /api/case-drafts/:id/drop');
  const reopen = useApiMutation('POST /api/case-drafts/:id/reopen');
  const error = confirm.error ?? drop.error ?? reopen.error;
  const decided = useRef<number | null>(null);
  useEffect(() => {
    if (decided.current === null || drafts.some(({ id }) => id === decided.current)) return;
    decided.current = null;
    // What was decided on is gone: the person goes on with the next.
    (list.current?.querySelector<HTMLElement>('textarea') ?? list.current)?.focus();
  }, [drafts]);
  const decide = {
    confirm: (id: number, typed: TypedCase, fields: readonly string[]) => {
      const sent = { ...sentCase(typed, fields), split: typed.split ?? ('dev' as const) };
      setDropped(null);
      decided.current = id;
      confirm.mutate({ params: { id }, body: { case: sent, author } });
    },
    drop: (id: number) => {
      decided.current = id;
      drop.mutate({ params: { id }, body: { author } }, { onSuccess: () => setDropped(id) });
    },
  };
  const takeBack = (id: number) => reopen.mutate({ params: { id } }, { onSuccess: () => setDropped(null) });
  return (
    <section ref={list} tabIndex={-1} aria-label={t('drafts.title', { count: drafts.length })}>
      <Stack gap="sm">
        {drafts.length > 0 && <Title order={3}>{t('drafts.title', { count: drafts.length })}</Title>}
        {drafts.length > 0 && (
          <Text size="sm" maw={820}>
            {t('drafts.how')} <KeyboardHint keys="mod+Enter" />
          </Text>
        )}
        {error !== null && <ErrorAlert error={error} />}
        {dropped !== null && (
          <Alert color="gray" variant="light" role="status">
            <Group gap="sm">
              <Text size="sm">{t('drafts.dropped')}</Text>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<Undo2 size={14} aria-hidden />}
                onClick={() => takeBack(dropped)}
              >
                {t('drafts.takeBack')}
              </Button>
            </Group>
          </Alert>
        )}
        {drafts.slice(0, MOST_SHOWN).map((draft) => (
          <DraftCard
            key={draft.id}
            draft={draft}
            labels={labels}
            busy={confirm.isPending || drop.isPending}
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

type CardProps = {
  draft: CaseDraft;
  labels: readonly string[];
  busy: boolean;
  confirm: (id: number, typed: TypedCase, fields: readonly string[]) => void;
  drop: (id: number) => void;
};

function DraftCard({ draft, labels, busy, confirm, drop }: CardProps) {
  const { t } = useTranslation('start');
  const fields = Object.keys(draft.variables);
  const [typed, setTyped] = useState<TypedCase>({
    values: Object.fromEntries(Object.entries(draft.variables).map(([name, value]) => [name, shownValue(value)])),
    expected: shownValue(draft.expected),
    tags: [...draft.tags],
    split: 'dev',
  });
  const ready = isWhole(typed, fields) && !busy;
  const submit = () => ready && confirm(draft.id, typed, fields);
  return (
    <Paper
      component="form"
      withBorder
      aria-label={t('drafts.draft', { number: draft.id })}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="xs">
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
