import { Autocomplete, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TranscriptEditor } from '../../components/transcript.tsx';
import { transcriptOf } from '../../components/turns.ts';
import { asKind, readValue, type ValueDraft, valueKinds } from './case-value.ts';
import classes from './value-field.module.css';

type Props = {
  label: string;
  value: ValueDraft;
  onChange: (value: ValueDraft) => void;
  /** Whether it may be nothing. */
  optional?: boolean;
  /** Texts that are often meant. */
  suggestions?: readonly string[];
  /** Stands at the right of the label. */
  action?: ReactNode;
};

const LABEL_LENGTH = 60;

/** A value of a case: a text, a number, JSON or, where that may be, nothing. */
export function ValueField(props: Props) {
  const { label, value, onChange, optional = false, suggestions = [], action } = props;
  const { t } = useTranslation('sets');
  const kinds = valueKinds.filter((kind) => optional || kind !== 'none');
  const read = readValue(value);
  // Decided once: a field that changed its kind while a person types would lose the focus.
  const [isLabel] = useState(
    () => suggestions.length > 0 && value.text.length <= LABEL_LENGTH && !value.text.includes('\n'),
  );
  const field = {
    'aria-label': label,
    error: 'problem' in read ? t(`value.problem.${read.problem}`) : undefined,
  };
  const turns = value.kind === 'conversation' && 'value' in read ? transcriptOf(read.value) : null;
  const type = (text: string) => onChange({ ...value, text });
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={500} className={classes.name}>
          {label}
        </Text>
        <Select
          size="xs"
          w={110}
          aria-label={t('value.kindOf', { name: label })}
          allowDeselect={false}
          data={kinds.map((kind) => ({ value: kind, label: t(`value.kind.${kind}`) }))}
          value={value.kind}
          onChange={(next) => onChange(asKind(value, kinds.find((kind) => kind === next) ?? value.kind))}
        />
        {action}
      </Group>
      {value.kind === 'text' && isLabel && (
        <Autocomplete {...field} data={[...suggestions]} value={value.text} onChange={type} />
      )}
      {((value.kind === 'text' && !isLabel) || value.kind === 'json') && (
        <Textarea
          {...field}
          autosize
          minRows={1}
          maxRows={14}
          classNames={{ input: value.kind === 'json' ? 'mono' : '' }}
          value={value.text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
      {turns !== null && (
        <div className={classes.turns}>
          <TranscriptEditor label={label} turns={turns} onChange={(next) => type(JSON.stringify(next, null, 2))} />
        </div>
      )}
      {value.kind === 'number' && (
        <TextInput
          {...field}
          inputMode="decimal"
          value={value.text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}
