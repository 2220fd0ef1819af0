import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import type { ChosenFile } from './file-field.tsx';
import { type ImportDraft, ImportForm } from './import-form.tsx';
import { ImportOutcome } from './import-outcome.tsx';

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
  const { t } = useTranslation('sets');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('import.title')}
      size="lg"
      centered={false}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Import onClose={onClose} {...rest} />
    </Modal>
  );
}

/** A file's name without its ending: a fair name for a set, until a person gives another. */
const stem = (fileName: string): string => fileName.replace(/\.[^.]*$/, '');

function Import({ project, sets, into, onClose }: Omit<Props, 'opened'>) {
  const [author] = useAuthor();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [draft, setDraft] = useState<ImportDraft>(() => ({
    set: sets.find(({ slug }) => slug === into)?.name ?? '',
    input: null,
    expected: null,
    holdout: 20,
  }));
  const mutation = useApiMutation('POST /api/projects/:project/sets/import');
  const choose = (chosen: ChosenFile) => {
    mutation.reset();
    setFile(chosen);
    setDraft((before) => ({
      ...before,
      input: null,
      expected: null,
      set: before.set === '' || before.set === stem(file?.name ?? '') ? stem(chosen.name) : before.set,
    }));
  };
  const send = () => {
    if (file === null) return;
    const { set, input, expected, holdout } = draft;
    const mapping = { input: input ?? undefined, expected: expected ?? undefined };
    const body = { set, fileName: file.name, text: file.text, ...mapping, holdout: holdout / 100, author };
    mutation.mutate({ params: { project }, body });
  };
  if (mutation.isSuccess) {
    const again = () => {
      mutation.reset();
      setFile(null);
    };
    return <ImportOutcome project={project} outcome={mutation.data} onAgain={again} onClose={onClose} />;
  }
  return (
    <ImportForm
      sets={sets}
      file={file}
      onFile={choose}
      draft={draft}
      onDraft={setDraft}
      onSend={send}
      pending={mutation.isPending}
      error={mutation.error}
    />
  );
}
