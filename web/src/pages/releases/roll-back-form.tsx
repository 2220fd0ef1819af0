import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { DialogActions } from '../../components/dialog-actions.tsx';
import { FromTo } from './from-to.tsx';
import { ReasonFields } from './move-form.tsx';
import type { LabelState, Release } from './release.ts';

type Props = { project: string; state: LabelState; releases: readonly Release[]; onClose: () => void };

/** Points a label to the release that it pointed to before, after asking why. */
export function RollBackForm({ project, state: { prompt, label, release, previous }, releases, onClose }: Props) {
  const { t } = useTranslation('releases');
  const rollBack = useApiMutation('POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back');
  const [author] = useAuthor();
  const [reason, setReason] = useState('');
  const from = releases.find(({ id }) => id === release) ?? null;
  const to = releases.find(({ id }) => id === previous?.release);
  if (to === undefined) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rollBack.mutate(
      { params: { project, prompt, label }, body: { reason: reason.trim(), author: author.trim() } },
      {
        onSuccess: ({ version }) => {
          notifications.show({ message: t('rollBack.done', { label, version }) });
          onClose();
        },
      },
    );
  };
  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <Text>{t('rollBack.text', { label })}</Text>
      <FromTo project={project} prompt={prompt} from={from} to={to} />
      <ReasonFields reason={reason} onReason={setReason} />
      <DialogActions error={rollBack.error} onCancel={onClose}>
        <Button type="submit" color="red" loading={rollBack.isPending}>
          {t('rollBack.action')}
        </Button>
      </DialogActions>
    </Stack>
  );
}
