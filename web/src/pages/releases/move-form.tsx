import { Autocomplete, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { FromTo } from './from-to.tsx';
import { type LabelState, labelsOf, type Release } from './release.ts';

type Props = {
  project: string;
  prompt: string;
  /** Those of the project, newest first. */
  releases: readonly Release[];
  labels: readonly LabelState[];
  /** Given where it is not to be chosen. */
  label?: string;
  release?: Release;
  reason?: string;
  cancel: string;
  onClose: () => void;
};

/** Points a label to a release: which one to which, from where, and why. */
export function MoveForm(props: Props) {
  const { project, prompt, releases, labels, onClose } = props;
  const { t } = useTranslation('releases');
  const ofPrompt = releases.filter((release) => release.prompt === prompt);
  const move = useApiMutation('PUT /api/projects/:project/prompts/:prompt/labels/:label');
  const [author] = useAuthor();
  const free = labelsOf(prompt, labels).find((name) => !props.release?.labels.includes(name));
  const [label, setLabel] = useState(props.label ?? free ?? '');
  const [chosen, setChosen] = useState<number | null>(null);
  const [reason, setReason] = useState(props.reason ?? '');
  const name = label.trim();
  const now = labels.find((state) => state.prompt === prompt && state.label === name);
  const from = ofPrompt.find(({ id }) => id === now?.release) ?? null;
  const other = ofPrompt.find(({ id }) => id !== now?.release) ?? null;
  const to = props.release ?? ofPrompt.find(({ id }) => id === chosen) ?? other;
  const unchanged = to !== null && to.id === now?.release;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to === null || unchanged) return;
    move.mutate(
      {
        params: { project, prompt, label: name },
        body: { release: to.id, reason: reason.trim(), author: author.trim() },
      },
      {
        onSuccess: () => {
          notifications.show({ message: t('move.done', { label: name, ...pointed(to) }) });
          onClose();
        },
      },
    );
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      {props.label === undefined && (
        <Autocomplete
          label={t('move.label')}
          description={t('move.labelHelp')}
          data={labelsOf(prompt, labels)}
          // The same rule as the server's; its own message would not be in the reader's language.
          pattern="[\p{L}\p{N}][\p{L}\p{N}\-]{0,39}"
          title={t('move.labelHelp')}
          required
          maw={380}
          value={label}
          onChange={setLabel}
        />
      )}
      {props.release === undefined && (
        <Select
          label={t('move.release')}
          data={ofPrompt.map((release) => ({
            value: String(release.id),
            label: t('move.releaseChoice', { ...pointed(release), model: release.model }),
            disabled: release.id === now?.release,
          }))}
          value={to === null ? null : String(to.id)}
          placeholder={t('move.noOther')}
          allowDeselect={false}
          required
          onChange={(id) => setChosen(Number(id))}
        />
      )}
      {to !== null && !unchanged && <FromTo project={project} prompt={prompt} from={from} to={to} />}
      {unchanged && <Text role="status">{t('move.unchanged', { label: name, ...pointed(to) })}</Text>}
      {to === null && <Text>{t('move.noOtherText')}</Text>}
      <ReasonFields reason={reason} onReason={setReason} />
      {move.error !== null && <ErrorAlert error={move.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {props.cancel}
        </Button>
        <Button type="submit" loading={move.isPending} disabled={to === null || unchanged}>
          {t('move.action', { label: name })}
        </Button>
      </Group>
    </Stack>
  );
}

const pointed = ({ number, version }: Release) => ({ number, version });

/** Why a label moves and who moves it. */
export function ReasonFields({ reason, onReason }: { reason: string; onReason: (reason: string) => void }) {
  const { t } = useTranslation('releases');
  return (
    <>
      <Textarea
        label={t('move.reason')}
        description={t('move.reasonHelp')}
        autosize
        minRows={2}
        maxLength={2000}
        required
        data-autofocus
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
      <AuthorField needs="approver" required w={280} />
    </>
  );
}
