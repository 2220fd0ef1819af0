import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { FallingRequests } from './falling-requests.tsx';
import type { ScopeHistory, ScopeVersion } from './scope-draft.ts';

type Props = {
  project: string;
  version: ScopeVersion;
  history: ScopeHistory;
  /** The number of the version that says it now. */
  onDone: (number: number) => void;
  onClose: () => void;
};

/** Asks before what a version said becomes the newest one, and says what falls by that. */
export function RestoreScope({ project, version, history, onDone, onClose }: Props) {
  const { t } = useTranslation('scope');
  const [author] = useAuthor();
  const base = history.versions[0]?.number ?? 0;
  const save = useApiMutation('PUT /api/projects/:project/scope');
  const restore = () =>
    save.mutate(
      { params: { project }, body: { scope: version.scope, base, author } },
      { onSuccess: ({ scopeVersion }) => onDone(scopeVersion) },
    );
  return (
    <Modal opened onClose={onClose} title={t('restore.title', { number: version.number })}>
      <Stack gap="sm">
        <Text size="sm">{t('restore.text', { next: base + 1 })}</Text>
        <FallingRequests project={project} requests={history.openRequests} />
        <AuthorField />
        {save.error !== null && <ErrorAlert error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common:cancel')}
          </Button>
          <Button loading={save.isPending} onClick={restore}>
            {t('restore.action')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
