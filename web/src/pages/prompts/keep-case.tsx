import { Button, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { PlaygroundInput } from './playground-plan.ts';
import { ownValue, shownValue } from './subject.ts';

type EvalSet = Answer<'GET /api/projects/:project/sets'>['sets'][number];
type Props = {
  project: string;
  sets: readonly EvalSet[];
  input: PlaygroundInput;
  /** What the model's answer proposes as the expected value. */
  proposed: string;
  labels: readonly string[];
};

/** Keeps the input of a cell as a case, its answer being the draft of what is expected; a case of the set gets the new expected value. */
export function KeepCase({ project, sets, input, proposed, labels }: Props) {
  const { t } = useTranslation('prompts');
  const [opened, { open, close }] = useDisclosure();
  if (sets.length === 0) return null;
  const title = t(input.held === null ? 'playground.keep' : 'playground.correct');
  return (
    <>
      <Button variant="default" size="compact-xs" leftSection={<BookmarkPlus size={13} aria-hidden />} onClick={open}>
        {title}
      </Button>
      <Modal opened={opened} onClose={close} title={input.held === null ? t('playground.keepTitle') : title}>
        <Form project={project} sets={sets} input={input} proposed={proposed} labels={labels} onKept={close} />
      </Modal>
    </>
  );
}

function Form({ project, sets, input, proposed, labels, onKept }: Props & { onKept: () => void }) {
  const { t } = useTranslation('prompts');
  const [slug, setSlug] = useState(input.held?.set ?? null);
  const [expected, setExpected] = useState(proposed);
  const set = sets.find((one) => one.slug === slug) ?? sets[0];
  const keeping = useKeeping(project, input);
  if (set === undefined) return null;
  const isOwn = input.held?.set === set.slug;
  const before = isOwn && input.held?.expected != null ? shownValue(input.held.expected) : null;
  const same = isOwn && before === expected.trim();
  const unlabelled = labels.length > 0 && !labels.includes(expected);
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        if (same || unlabelled) return;
        keeping.keep(set, expected.trim(), () => {
          onKept();
          notifications.show({ message: t('playground.kept', { set: set.name }) });
        });
      }}
    >
      <Text size="sm">{isOwn ? t('playground.relabelText', { id: input.key }) : t('playground.keepText')}</Text>
      <Select
        label={t('subject.set')}
        allowDeselect={false}
        data={sets.map((one) => ({ value: one.slug, label: one.name }))}
        value={set.slug}
        onChange={setSlug}
      />
      {labels.length > 0 ? (
        <Select
          label={t('playground.expected')}
          searchable
          allowDeselect={false}
          data={[...labels]}
          value={labels.includes(expected) ? expected : null}
          onChange={(label) => label !== null && setExpected(label)}
        />
      ) : (
        <Textarea
          label={t('playground.expected')}
          description={t('subject.ownHelp')}
          autosize
          minRows={1}
          maxRows={8}
          data-autofocus
          value={expected}
          onChange={(event) => setExpected(event.currentTarget.value)}
        />
      )}
      {before !== null && (
        <Text size="sm" c="dimmed">
          {same ? t('playground.sameExpected') : t('playground.expectedBefore', { value: before })}
        </Text>
      )}
      {keeping.error !== null && <ErrorAlert error={keeping.error} />}
      <Button
        type="submit"
        data-autofocus={labels.length > 0 || undefined}
        disabled={same || unlabelled}
        loading={keeping.isPending}
      >
        {isOwn ? t('playground.relabel') : t('playground.keep')}
      </Button>
    </Stack>
  );
}

function useKeeping(project: string, { key, held, variables }: PlaygroundInput) {
  const { t } = useTranslation('prompts');
  const [author] = useAuthor();
  const { mutate, error, isPending } = useApiMutation('POST /api/projects/:project/sets/:set/changes');
  const keep = (set: EvalSet, typed: string, onSuccess: () => void) => {
    const content = { variables, expected: ownValue(typed), tags: held?.tags ?? [] };
    const change =
      held?.set === set.slug
        ? { type: 'replace' as const, key, case: content }
        : // What was looked at while a prompt is written is no test of it any more.
          { type: 'add' as const, case: { ...content, split: 'dev' as const }, source: 'playground' };
    const body = { base: set.version, changes: [change], note: t('playground.keptNote'), author };
    mutate({ params: { project, set: set.slug }, body }, { onSuccess });
  };
  return { keep, error, isPending };
}
