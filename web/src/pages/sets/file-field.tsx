import { Button, FileButton, Text } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './file-field.module.css';

export type ChosenFile = { name: string; text: string };

/** Takes a file by a button or by dropping it. */
export function FileField({ file, onChange }: { file: ChosenFile | null; onChange: (file: ChosenFile) => void }) {
  const { t } = useTranslation('sets');
  // Without it, a browser does not notice that the same file was chosen again, mended.
  const reset = useRef<() => void>(null);
  const [over, setOver] = useState(false);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const take = async (given: File | null | undefined) => {
    if (given === null || given === undefined) return;
    try {
      const text = await given.text();
      setUnreadable(null);
      onChange({ name: given.name, text });
      reset.current?.();
    } catch (error) {
      setUnreadable(error instanceof Error ? error.message : String(error));
    }
  };
  const drag = (event: DragEvent, isOver: boolean) => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <section
      className={classes.root}
      data-over={over}
      aria-label={t('import.file')}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <FileButton resetRef={reset} accept=".csv,.tsv,.jsonl,.ndjson" onChange={take}>
        {(props) => (
          <Button {...props} variant="default" data-autofocus leftSection={<FileUp size={16} aria-hidden />}>
            {t(file === null ? 'import.choose' : 'import.chooseOther')}
          </Button>
        )}
      </FileButton>
      <Text size="sm" c="dimmed" role="status">
        {file === null ? t('import.drop') : t('import.chosen', { name: file.name })}
      </Text>
      {unreadable !== null && (
        <Text size="sm" c="var(--w-fail)" role="alert">
          {t('import.unreadable', { reason: unreadable })}
        </Text>
      )}
    </section>
  );
}
