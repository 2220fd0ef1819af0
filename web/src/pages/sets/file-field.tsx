import { Button, FileButton, Group, Progress, Text, Textarea } from '@mantine/core';
import { FileUp, X } from 'lucide-react';
import { type ClipboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../components/format.ts';
import classes from './file-field.module.css';
import { pastedFile } from './pasted-table.ts';

type Props = {
  /** Name of the file that was chosen. */
  name: string | null;
  /** Share of it that was sent, while it is being sent. */
  sent: number | null;
  onFile: (file: File) => void;
  onCancel: () => void;
};

const accepted = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx';
const endings = /\.(csv|tsv|txt|jsonl?|ndjson|xlsx)$/i;

/** Takes a file by a button, by dropping it, or a table that is pasted, as from a spreadsheet. */
export function FileField({ name, sent, onFile, onCancel }: Props) {
  const { t } = useTranslation('setImport');
  // Without it, a browser does not notice that the same file was chosen again, mended.
  const reset = useRef<() => void>(null);
  const take = (given: File | null | undefined) => {
    if (given === null || given === undefined) return;
    onFile(given);
    reset.current?.();
  };
  const over = useDropped(take);
  const paste = (event: ClipboardEvent) => {
    // Beside the text, spreadsheets copy a picture of it: only a file that can be read is meant as one.
    const file = [...event.clipboardData.files].find(({ name: given }) => endings.test(given));
    const text = event.clipboardData.getData('text/plain');
    if (file === undefined && text.trim() === '') return;
    event.preventDefault();
    take(file ?? pastedFile(text, t('pasted')));
  };
  return (
    <section className={classes.root} data-over={over} aria-label={t('file')} onPaste={paste}>
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

/** Takes a file that is dropped anywhere on the page, which a browser would else open in its place; whether one is held over it. */
function useDropped(take: (file: File | undefined) => void): boolean {
  const [over, setOver] = useState(false);
  const onDrop = useEffectEvent((files: FileList) => take(files[0]));
  useEffect(() => {
    const listeners = new AbortController();
    const listen = (type: 'dragover' | 'dragleave' | 'drop', run: (event: DragEvent) => void) =>
      window.addEventListener(type, run, { signal: listeners.signal });
    const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    listen('dragover', (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    });
    // Without what it goes to, it leaves the window; else it only goes from one element to the next.
    listen('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false));
    listen('drop', (event) => {
      setOver(false);
      if (!holdsFile(event) || event.dataTransfer === null) return;
      event.preventDefault();
      onDrop(event.dataTransfer.files);
    });
    return () => listeners.abort();
  }, []);
  return over;
}
