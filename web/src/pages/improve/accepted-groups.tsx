import { Button, Group, Paper, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';

type AcceptedProps = {
  project: string;
  change: Answer<'POST /api/runs/:run/sorted-failures'>;
  onUndone: () => void;
};

/** What stands in the place of accepted groups, with the way back; it takes the focus, which was on what is gone. */
export function AcceptedGroups({ project, change, onUndone }: AcceptedProps) {
  const { t } = useTranslation('improve');
  const [author] = useAuthor();
  const undo = useApiMutation('POST /api/projects/:project/category-changes/:id/undo');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const categories =
    change.content.type === 'sorted' ? [...new Set(change.content.categories.map(({ category }) => category))] : [];
  return (
    <Paper ref={box} tabIndex={-1}>
      <Group gap="sm">
        <Text size="sm" role="status">
          {t('groups.accepted', { count: change.standing, categories: categories.join(t('groups.or')) })}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          loading={undo.isPending}
          onClick={() => undo.mutate({ params: { project, id: change.id }, body: { author } }, { onSuccess: onUndone })}
        >
          {t('groups.undo')}
        </Button>
      </Group>
      {undo.error !== null && <ErrorAlert error={undo.error} />}
    </Paper>
  );
}
