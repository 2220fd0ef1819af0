import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { type ImportDraft, ImportForm } from './import-form.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { useImport } from './use-import.ts';

type Props = {
  project: string;
  sets: Answer<'GET /api/projects/:project/sets'>['sets'];
  opened: boolean;
  onClose: () => void;
  /** Slug of the set that it goes into, where a person came from one. */
  into: string | undefined;
};

/** Imports a file of labelled cases into a set, new or there already. */
export function ImportSet({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation('setImport');
  return (
    <Modal opened={opened} onClose={onClose} title={t('title')} size="xl" centered={false}>
      <Import onClose={onClose} {...rest} />
    </Modal>
  );
}

/** A file's name without its ending: a fair name for a set, until a person gives another. */
const stem = (fileName: string): string => fileName.replace(/\.[^.]*$/, '');

function Import({ project, sets, into, onClose }: Omit<Props, 'opened'>) {
  const importing = useImport(project);
  const [draft, setDraft] = useState<ImportDraft>(() => ({
    set: sets.find(({ slug }) => slug === into)?.name ?? '',
    holdout: 20,
  }));
  if (importing.outcome !== undefined) {
    return <ImportOutcome project={project} outcome={importing.outcome} onAgain={importing.forget} onClose={onClose} />;
  }
  const take = (file: File) => {
    const isOwn = draft.set !== '' && draft.set !== stem(importing.name ?? '');
    if (!isOwn) setDraft({ ...draft, set: stem(file.name) });
    importing.take(file);
  };
  return <ImportForm sets={sets} importing={importing} onFile={take} draft={draft} onDraft={setDraft} />;
}
