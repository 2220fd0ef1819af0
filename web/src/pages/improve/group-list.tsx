import { Button, Group } from '@mantine/core';
import { CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { AcceptedGroups } from './accepted-groups.tsx';
import { acceptable, type GroupDraft, SuggestedGroup } from './suggested-group.tsx';
import type { Suggestion } from './suggested-groups.tsx';

type Props = {
  run: Run;
  groups: Suggestion['groups'];
  drafts: readonly GroupDraft[];
  onDraft: (index: number, change: Partial<GroupDraft>) => void;
};

/** The proposals, to be accepted one by one or all at once as they stand. */
export function GroupList({ run, groups, drafts, onDraft }: Props) {
  const { t } = useTranslation('improve');
  const [author] = useAuthor();
  const [together, setTogether] = useState<readonly number[]>([]);
  const sort = useApiMutation('POST /api/runs/:run/sorted-failures');
  const open = groups.flatMap((group, index) => {
    const draft = drafts[index];
    const sorted = draft === undefined || draft.accepted ? null : acceptable(group, draft);
    return sorted === null ? [] : [{ index, sorted }];
  });
  const acceptAll = () => {
    const given = { params: { run: run.id }, body: { groups: open.map(({ sorted }) => sorted), author } };
    sort.mutate(given, {
      onSuccess: () => {
        setTogether(open.map(({ index }) => index));
        for (const { index } of open) onDraft(index, { accepted: true });
      },
    });
  };
  const undone = () => {
    for (const index of together) onDraft(index, { accepted: false });
    setTogether([]);
    sort.reset();
  };
  return (
    <>
      {open.length > 1 && (
        <Group>
          <Button
            variant="default"
            leftSection={<CheckCheck size={16} aria-hidden />}
            loading={sort.isPending}
            onClick={acceptAll}
          >
            {t('groups.acceptAll', { count: open.length })}
          </Button>
        </Group>
      )}
      {sort.error !== null && <ErrorAlert error={sort.error} />}
      {sort.data !== undefined && together.length > 0 && (
        <AcceptedGroups project={run.project} change={sort.data} onUndone={undone} />
      )}
      {groups.map((group, index) => {
        const draft = drafts[index];
        return draft === undefined || together.includes(index) ? null : (
          <SuggestedGroup
            key={group.cases[0]?.result}
            run={run}
            group={group}
            draft={draft}
            onDraft={(change) => onDraft(index, change)}
          />
        );
      })}
    </>
  );
}
