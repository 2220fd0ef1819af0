import { Button, FileButton, Group, Progress, Text, Textarea } from '@mantine/core';
import { FileUp, X } from 'lucide-react';
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../components/format.ts';
import classes from './file-field.module.css';

type Props = {
  /** Name of the file that was chosen. */
  name: string | null;
  /** Share of it that was sent, while it is being sent. */
  sent: number | null;
  onFile: (file: File) => void;
  onCancel: () => void;
};

const accepted = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx';

/** Takes a file by a button, by dropping it, or a table that is pasted, as from a spreadsheet. */
export function FileField({ name, sent, onFile, onCancel }: Props) {
  const { t } = useTranslation('setImport');
  // Without it, a browser does not notice that the same file was chosen again, mended.
  const reset = useRef<() => void>(null);
  const [over, setOver] = useState(false);
  const take = (given: File | null | undefined) => {
    if (given === null || given === undefined) return;
    onFile(given);
    reset.current?.();
  };
  const drag = (event: DragEvent, isOver: boolean) => {
    event.preventDefault();
    setOver(isOver);
  };
  const paste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    const text = event.clipboardData.getData('text/plain');
    if (file === undefined && text.trim() === '') return;
    event.preventDefault();
    // Spreadsheets put tabs between cells; what else separates them, the server tells from the text.
    take(file ?? new File([text], `${t('pasted')}.tsv`));
  };
  return (
    <section
      className={classes.root}
      data-over={over}
      aria-label={t('file')}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        take(event.dataTransfer.files[0]);
      }}
      onPaste={paste}
    >
      <FileButton resetRef={reset} accept={accepted} onChange={take}>
        {(props) => (
          <Button {...props} variant="default" data-autofocus leftSection={<FileUp size={16} aria-hidden />}>
            {t(name === null ? 'choose' : 'chooseOther')}
          </Button>
        )}
      </FileButton>
      <Text size="sm" c="dimmed" role="status">
        {name === null ? t('drop') : t('chosen', { name })}
      </Text>
      {name === null && (
        <Textarea
          className={classes.paste}
          aria-label={t('paste')}
          placeholder={t('paste')}
          rows={2}
          value=""
          readOnly
        />
      )}
      {sent !== null && (
        <Group gap="xs" w="100%" wrap="nowrap">
          <Progress value={sent * 100} aria-label={t('sending')} style={{ flex: 1 }} />
          <Text size="sm" className="nowrap">
            {formatPercent(sent, 0)}
          </Text>
          <Button size="compact-sm" variant="default" leftSection={<X size={14} aria-hidden />} onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      )}
    </section>
  );
}
