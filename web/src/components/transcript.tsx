import { ActionIcon, Autocomplete, Button, Textarea } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './transcript.module.css';
import type { Turn } from './turns.ts';

/** A conversation to be read, turn by turn. */
export function Transcript({ turns }: { turns: readonly Turn[] }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.turns} aria-label={t('transcript.label')}>
      {turns.map(({ role, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn is the one at its place
        <li key={index} className={classes.turn} data-role={role}>
          <span className={`mono ${classes.role}`}>{role}</span>
          <div className="verbatim">{content}</div>
        </li>
      ))}
    </ol>
  );
}

type EditProps = { label: string; turns: readonly Turn[]; onChange: (turns: Turn[]) => void };

const roles = ['user', 'assistant', 'system'];

/** A conversation to be written: turns changed, added and removed; the last one stays. */
export function TranscriptEditor({ label, turns, onChange }: EditProps) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<Turn>) =>
    onChange(turns.map((turn, at) => (at === index ? { ...turn, ...part } : turn)));
  const next = turns.at(-1)?.role === 'user' ? 'assistant' : 'user';
  return (
    <fieldset style={{ border: 'none', margin: 0, padding: 0 }}>
      <legend className="mono">{label}</legend>
      <ol className={classes.turns}>
        {turns.map(({ role, content }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is the one at its place
          <li key={index} className={classes.edited}>
            <Autocomplete
              size="xs"
              aria-label={t('transcript.role', { number: index + 1 })}
              data={roles}
              value={role}
              onChange={(value) => change(index, { role: value })}
            />
            <Textarea
              size="xs"
              aria-label={t('transcript.content', { number: index + 1 })}
              autosize
              minRows={1}
              maxRows={8}
              value={content}
              onChange={(event) => change(index, { content: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('transcript.remove', { number: index + 1 })}
              disabled={turns.length === 1}
              onClick={() => onChange(turns.filter((_, at) => at !== index))}
            >
              <Trash2 size={16} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        mt={6}
        size="compact-xs"
        variant="default"
        leftSection={<Plus size={13} aria-hidden />}
        onClick={() => onChange([...turns, { role: next, content: '' }])}
      >
        {t('transcript.add')}
      </Button>
    </fieldset>
  );
}
