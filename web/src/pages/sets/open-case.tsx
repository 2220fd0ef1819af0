import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { QueryState } from '../../components/query-state.tsx';
import { draftOfCase, newCase } from './case-draft.ts';
import { CaseDrawer } from './case-drawer.tsx';
import type { SetCase } from './case-value.ts';
import { type Changes, rowOf, rowsOf, withAdded, withContent, without, withRemoved } from './set-changes.ts';
import type { SetDetail } from './set-contents.tsx';

type Props = {
  project: string;
  set: SetDetail;
  old: number | null;
  /** Key of a saved case, id of an added one, or `new`. */
  id: string;
  /** The cases that the page has read; others are asked for. */
  cases: readonly SetCase[];
  changes: Changes;
  onChange: (changes: Changes) => void;
  onClose: () => void;
};

/** The case that is open beside the table, wherever in the set it stands. */
export function OpenCase(props: Props) {
  const { id, cases, changes } = props;
  if (id === 'new' && !cases.some(({ key }) => key === id)) return <AddedCase {...props} />;
  if (changes.get(id)?.type === 'add') return <AddedCase {...props} />;
  const known = cases.find(({ key }) => key === id);
  return known === undefined ? <AskedCase {...props} /> : <SavedCase {...props} known={known} />;
}

/** A case of an address: the search finds it by its id. */
function AskedCase(props: Props) {
  const { t } = useTranslation('sets');
  const { project, set, old, id, onClose } = props;
  const query = useApi('GET /api/projects/:project/sets/:set/cases', {
    params: { project, set: set.slug },
    query: { search: id, version: old ?? undefined, limit: 500 },
  });
  const known = query.data?.cases.find(({ key }) => key === id);
  if (known !== undefined) return <SavedCase {...props} known={known} />;
  return (
    <Drawer opened onClose={onClose} size="lg" title={t('case.title', { key: id })}>
      <QueryState query={query}>{() => t('case.missing', { key: id })}</QueryState>
    </Drawer>
  );
}

function SavedCase({ set, old, changes, onChange, onClose, known }: Props & { known: SetCase }) {
  const row = rowOf(known, changes.get(known.key));
  const end = (next: Changes) => {
    onChange(next);
    onClose();
  };
  return (
    <CaseDrawer
      set={set}
      row={row}
      start={draftOfCase(row, row.key, row.split)}
      readOnly={old !== null}
      onKeep={(content) => end(withContent(changes, known, content))}
      onRemove={() => end(withRemoved(changes, row, known))}
      onUndo={() => end(without(changes, row.id))}
      onClose={onClose}
    />
  );
}

function AddedCase({ set, id, changes, onChange, onClose }: Props) {
  const row = rowsOf([], changes).find((added) => added.id === id) ?? null;
  const end = (next: Changes) => {
    onChange(next);
    onClose();
  };
  return (
    <CaseDrawer
      set={set}
      row={row}
      start={row === null ? newCase(set.variables) : draftOfCase(row, row.key, row.split)}
      readOnly={false}
      onKeep={(content, { key, split }) => {
        const added = { content, split, key: key.trim() === '' ? null : key.trim() };
        end(withAdded(changes, row?.id ?? crypto.randomUUID(), added));
      }}
      onRemove={() => end(without(changes, id))}
      onUndo={() => end(without(changes, id))}
      onClose={onClose}
    />
  );
}
