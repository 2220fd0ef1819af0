import { Select, SimpleGrid, TagsInput, Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** A case while it is typed; texts as they are, read when it is sent. */
export type TypedCase = {
  values: Record<string, string>;
  expected: string;
  tags: string[];
  split: 'dev' | 'holdout' | null;
};

type Props = {
  fields: readonly string[];
  labels: readonly string[];
  value: TypedCase;
  onChange: (value: TypedCase) => void;
  /** Whether its side may be left to be drawn. */
  drawn: boolean;
};

const sides = ['dev', 'holdout'] as const;

/** What a case gives, what is expected of it, its tags and its side. */
export function FirstCaseFields({ fields, labels, value, onChange, drawn }: Props) {
  const { t } = useTranslation('start');
  const wanted = labels.includes(value.expected) || value.expected === '' ? labels : [...labels, value.expected];
  return (
    <>
      {fields.map((name) => (
        <Textarea
          key={name}
          label={name}
          autosize
          minRows={1}
          maxRows={10}
          value={value.values[name] ?? ''}
          onChange={(event) => onChange({ ...value, values: { ...value.values, [name]: event.currentTarget.value } })}
        />
      ))}
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs">
        {labels.length > 0 ? (
          <Select
            label={t('case.expected')}
            searchable
            allowDeselect={false}
            data={[...wanted]}
            value={value.expected === '' ? null : value.expected}
            onChange={(label) => label !== null && onChange({ ...value, expected: label })}
            onSearchChange={(typed) => {
              // Who types a label in full need not choose it as well.
              const label = labels.find((one) => one.toLowerCase() === typed.trim().toLowerCase());
              if (label !== undefined && label !== value.expected) onChange({ ...value, expected: label });
            }}
          />
        ) : (
          <Textarea
            label={t('case.expected')}
            autosize
            minRows={1}
            maxRows={10}
            value={value.expected}
            onChange={(event) => onChange({ ...value, expected: event.currentTarget.value })}
          />
        )}
        <TagsInput label={t('case.tags')} value={value.tags} onChange={(tags) => onChange({ ...value, tags })} />
        <Select
          label={t('case.split')}
          allowDeselect={false}
          data={[
            ...(drawn ? [{ value: 'drawn', label: t('case.drawn') }] : []),
            ...sides.map((side) => ({ value: side, label: t(`common:split.${side}`) })),
          ]}
          value={value.split ?? 'drawn'}
          onChange={(split) => onChange({ ...value, split: sides.find((side) => side === split) ?? null })}
        />
      </SimpleGrid>
    </>
  );
}

/** Whether every field and what is expected are there. */
export const isWhole = ({ values, expected }: TypedCase, fields: readonly string[]): boolean =>
  expected.trim() !== '' && fields.every((name) => (values[name] ?? '').trim() !== '');

/** Ctrl+Enter, which sends a form from any of its fields. */
export const isSubmit = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => key === 'Enter' && (ctrlKey || metaKey);
