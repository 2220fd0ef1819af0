import { Button, Group, Text } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { type BulkEdit, type CaseRow, edited } from './set-changes.ts';
import type { SetDetail } from './set-contents.tsx';
import type { CaseFilter } from './use-cases.ts';

type Props = {
  project: string;
  set: SetDetail;
  filter: CaseFilter;
  /** All rows that are shown, and those of them that are chosen. */
  rows: readonly CaseRow[];
  chosen: readonly CaseRow[];
  /** How many saved cases match the filters. */
  count: number;
  /** Whether there are changes on the page that are not saved. */
  isChanged: boolean;
  onEdit: (rows: readonly CaseRow[], edit: (row: CaseRow) => ReturnType<typeof edited>) => void;
  onClear: () => void;
};

/** Changes of the chosen cases, collected with the others of the page; of all that match, they are made by the server and saved at once. */
export function BulkEditing({ project, set, filter, rows, chosen, count, isChanged, onEdit, onClear }: Props) {
  // The filters that all are chosen by, and what was chosen on the page then: with others it is another choice.
  const [allOf, setAllOf] = useState<string | null>(null);
  const present = JSON.stringify([filter, chosen.map(({ id }) => id)]);
  if (allOf !== null && allOf !== present) setAllOf(null);
  const [asked, setAsked] = useState<BulkEdit | null>(null);
  const [saved, setSaved] = useState<{ number: number; changed: number } | null>(null);
  const isAll = chosen.length > 0 && allOf === present;
  const clear = () => {
    setAllOf(null);
    onClear();
  };
  const apply = (edit: BulkEdit) => {
    if (isAll) return setAsked(edit);
    onEdit(chosen, (row) => edited(row, edit));
    if (edit.type === 'remove') clear();
  };
  const isMore = rows.length > 0 && chosen.length === rows.length && count > rows.length;
  return (
    <>
      {saved !== null && saved.number === set.version && !isChanged && (
        <Saved project={project} set={set} {...saved} onUndone={() => setSaved(null)} />
      )}
      {chosen.length > 0 && (
        <BulkBar
          count={isAll ? count : chosen.length}
          matching={isMore && !isAll ? count : null}
          onChooseMatching={() => setAllOf(present)}
          tags={set.tags.map(({ tag }) => tag)}
          labels={[...new Set(set.labels.flatMap(({ label }) => label ?? []))]}
          onEdit={apply}
          onClear={clear}
        />
      )}
      {asked !== null && (
        <BulkDialog
          project={project}
          set={set}
          filter={filter}
          count={count}
          edit={asked}
          isChanged={isChanged}
          onClose={() => setAsked(null)}
          onSaved={(number, changed) => {
            setAsked(null);
            setSaved({ number, changed });
            clear();
          }}
        />
      )}
    </>
  );
}

type SavedProps = Pick<Props, 'project' | 'set'> & { number: number; changed: number; onUndone: () => void };

/** What was saved at once, and the way back: the version before is made the newest again. */
function Saved({ project, set, number, changed, onUndone }: SavedProps) {
  const { t } = useTranslation('sets');
  const [author] = useAuthor();
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/restore');
  const undo = () => {
    const body = { version: number - 1, base: number, note: t('bulk.undone', { number }), author };
    mutation.mutate({ params: { project, set: set.slug }, body }, { onSuccess: onUndone });
  };
  return (
    <>
      <Group gap="sm">
        <Text size="sm" role="status" c="var(--w-pass)">
          {t('bulk.saved', { count: changed, number })}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          loading={mutation.isPending}
          onClick={undo}
        >
          {t('bulk.undo')}
        </Button>
      </Group>
      {mutation.error !== null && <ErrorAlert error={mutation.error} />}
    </>
  );
}
