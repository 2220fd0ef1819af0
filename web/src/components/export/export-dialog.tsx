import { Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportChoice, ExportFields } from './export-fields.tsx';
import { ExportFile } from './export-file.tsx';

type Props = {
  project: string;
  prompt: string;
  version: number;
  /** For a layer below, which is not to take the same Escape for itself. */
  onToggle?: (opened: boolean) => void;
};

/** A button with a dialog that shows a version as the file of another tool: to copy, to download, or to write into the server's folder. */
export function ExportDialog({ project, prompt, version, onToggle }: Props) {
  const { t } = useTranslation('exports');
  const [opened, { open, close }] = useDisclosure(false, {
    onOpen: () => onToggle?.(true),
    onClose: () => onToggle?.(false),
  });
  const [choice, setChoice] = useState<ExportChoice>({ format: 'prompt.yml' });
  return (
    <>
      <Button variant="default" leftSection={<Download size={16} aria-hidden />} onClick={open}>
        {t('action')}
      </Button>
      <Modal opened={opened} onClose={close} size="min(860px, 100vw)" title={t('title', { prompt, version })}>
        <Stack>
          <ExportFields project={project} choice={choice} onChange={setChoice} />
          <ExportFile key={JSON.stringify(choice)} project={project} prompt={prompt} query={{ version, ...choice }} />
        </Stack>
      </Modal>
    </>
  );
}
