import { Alert, Button, Text } from '@mantine/core';
import { Undo2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { ErrorAlert } from '../../components/query-state.tsx';
import { SavePanel } from './save-panel.tsx';
import type { Changes } from './set-changes.ts';

type Props = {
  changes: Changes;
  /** Number of the version that saving makes. */
  next: number;
  note: string;
  onNote: (note: string) => void;
  onSave: () => void;
  onDiscard: () => void;
  /** Null where nothing is left to take back. */
  onUndoLast: (() => void) | null;
  /** Puts the changes on top of the newest version, after someone else saved one. */
  onRebase: () => Promise<void>;
  /** Leaves out the change of a case that is no longer there. */
  onDrop: (key: string) => void;
  pending: boolean;
  error: ApiError | null;
};

const types = ['add', 'replace', 'remove'] as const;

/** What was changed and is not saved yet; it is saved together, as the set's next version. */
export function ChangesPanel({
  changes,
  next,
  note,
  onNote,
  onSave,
  onDiscard,
  onUndoLast,
  pending,
  error,
  onRebase,
  onDrop,
}: Props) {
  const { t } = useTranslation('sets');
  const counts = types.flatMap((type) => {
    const count = [...changes.values()].filter((change) => change.type === type).length;
    return count === 0 ? [] : [t(`changes.${type}`, { count })];
  });
  return (
    <SavePanel
      label={t('changes.label')}
      pendingText={t('changes.pending', { what: counts.join(t('changes.and')) })}
      note={{ label: t('changes.note'), placeholder: t('changes.notePlaceholder'), value: note, onChange: onNote }}
      save={{ text: t('changes.save', { number: next }), pending, onSave }}
      discard={{ title: t('changes.discard'), text: t('changes.discardText'), onDiscard }}
      actions={
        onUndoLast !== null && (
          <Button variant="default" leftSection={<Undo2 size={16} aria-hidden />} onClick={onUndoLast}>
            {t('changes.undoLast')}
          </Button>
        )
      }
    >
      {error !== null && <Problem error={error} onRebase={onRebase} onDrop={onDrop} />}
    </SavePanel>
  );
}

type ProblemProps = Pick<Props, 'onRebase' | 'onDrop'> & { error: ApiError };

/** Nothing is lost when saving fails: what happened, and the way on. */
function Problem({ error, onRebase, onDrop }: ProblemProps) {
  const { t } = useTranslation('sets');
  const [loading, setLoading] = useState(false);
  const { key } = error.details;
  if (error.code === 'set_changed_meanwhile') {
    const load = async () => {
      setLoading(true);
      await onRebase();
      setLoading(false);
    };
    return (
      <Alert role="alert" color="yellow" icon={<UsersRound size={18} />} title={t('changes.meanwhile')}>
        <Text size="sm">{t('changes.meanwhileText')}</Text>
        <Button size="compact-sm" mt="xs" loading={loading} onClick={load}>
          {t('changes.rebase')}
        </Button>
      </Alert>
    );
  }
  if (error.code === 'case_missing' && typeof key === 'string') {
    return (
      <Alert role="alert" color="yellow" icon={<UsersRound size={18} />} title={t('changes.gone', { key })}>
        <Text size="sm">{t('changes.goneText')}</Text>
        <Button size="compact-sm" mt="xs" onClick={() => onDrop(key)}>
          {t('changes.drop')}
        </Button>
      </Alert>
    );
  }
  return <ErrorAlert error={error} />;
}
