import { ActionIcon, Button, Group, Modal, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Archive, ArchiveRestore, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';

/** What a person does with a run in the list: tags, note, archive, delete. */
export function RunKeeping({ run, knownTags }: { run: Run; knownTags: readonly string[] }) {
  const { t } = useTranslation('runList');
  const [opened, { open, close }] = useDisclosure();
  const label = t('edit', { run: run.id });
  return (
    <>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} title={label} onClick={open}>
        <Pencil size={14} aria-hidden />
      </ActionIcon>
      <Modal opened={opened} onClose={close} title={t('runs:runNumber', { run: run.id })}>
        {opened && <Dialog run={run} knownTags={knownTags} onDone={close} />}
      </Modal>
    </>
  );
}

type Props = { run: Run; knownTags: readonly string[]; onDone: () => void };

function Dialog({ run, knownTags, onDone }: Props) {
  const { t } = useTranslation('runList');
  const [tags, setTags] = useState<string[]>([...run.tags]);
  const [note, setNote] = useState(run.note);
  const change = useApiMutation('PATCH /api/runs/:run');
  const params = { run: run.id };
  const archived = run.archivedAt !== null;
  return (
    <Stack>
      <TagsInput
        label={t('tags')}
        value={tags}
        data={[...knownTags]}
        maxTags={20}
        onChange={(chosen) => setTags(chosen.map((tag) => tag.trim().slice(0, 40)).filter((tag) => tag !== ''))}
        data-autofocus
      />
      <Textarea
        label={t('runs:note')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {change.error !== null && <ErrorAlert error={change.error} />}
      <Group justify="space-between" gap="xs">
        <Button
          variant="default"
          leftSection={archived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
          onClick={() => change.mutate({ params, body: { archived: !archived } }, { onSuccess: onDone })}
        >
          {archived ? t('bringBack') : t('archive')}
        </Button>
        <Button
          loading={change.isPending}
          onClick={() => change.mutate({ params, body: { tags, note } }, { onSuccess: onDone })}
        >
          {t('common:save')}
        </Button>
      </Group>
      <Deletion run={run} onDone={onDone} />
    </Stack>
  );
}

/** What would go, what stands against it, and the button where nothing does. */
function Deletion({ run, onDone }: Pick<Props, 'run' | 'onDone'>) {
  const { t } = useTranslation('runList');
  const [author] = useAuthor();
  const params = { run: run.id };
  const dependents = useApi('GET /api/runs/:run/dependents', { params });
  const remove = useApiMutation('DELETE /api/runs/:run');
  return (
    <QueryState query={dependents} height={40}>
      {({ releases, results, reviews, comments, productionCases }) => {
        const goes = t('goes', { results, reviews, comments, cases: productionCases });
        if (releases.length > 0) {
          const names = releases.map(({ prompt, number, labels }) => [`${prompt} #${number}`, ...labels].join(' · '));
          return (
            <Text size="sm" c="dimmed">
              {t('isEvidence', { releases: names.join('; ') })}
            </Text>
          );
        }
        if (isUnderWay(run)) {
          return (
            <Text size="sm" c="dimmed">
              {t('underWay')}
            </Text>
          );
        }
        return (
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {goes}
            </Text>
            {remove.error !== null && <ErrorAlert error={remove.error} />}
            <ConfirmButton
              title={t('deleteTitle', { run: run.id })}
              text={`${goes} ${t('forGood')}`}
              onConfirm={() => remove.mutate({ params, body: { author } }, { onSuccess: onDone })}
            >
              {t('delete')}
            </ConfirmButton>
          </Stack>
        );
      }}
    </QueryState>
  );
}
