import { ActionIcon, Button, Group, Select, Stack, TagsInput, TextInput, Title } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type CaseDraft, type VariableDraft, withVariable } from './case-draft.ts';
import { CaseOrigin } from './case-origin.tsx';
import { CaseScorers } from './case-scorers.tsx';
import type { CaseRow } from './set-changes.ts';
import type { SetDetail } from './set-contents.tsx';
import { ValueField } from './value-field.tsx';

type Props = {
  set: SetDetail;
  row: CaseRow | null;
  draft: CaseDraft;
  onChange: (draft: CaseDraft) => void;
};

const sides = ['dev', 'holdout'] as const;

/** The fields of a case. Its side is fixed once it is saved: a case that changed sides would spoil what earlier runs say. */
export function CaseFields({ set, row, draft, onChange }: Props) {
  const { t } = useTranslation('sets');
  const isNew = row === null || row.state === 'added';
  const labels = [...new Set(set.labels.flatMap(({ label }) => (label === null ? [] : [label])))];
  return (
    <>
      <Variables draft={draft} onChange={onChange} />
      <ValueField
        label={t('cases.expected')}
        optional
        suggestions={labels}
        value={draft.expected}
        onChange={(expected) => onChange({ ...draft, expected })}
      />
      <TagsInput
        label={t('cases.tags')}
        description={t('case.tagsHelp')}
        data={set.tags.map(({ tag }) => tag)}
        value={draft.tags}
        onChange={(tags) => onChange({ ...draft, tags })}
      />
      <TextInput
        label={t('case.group')}
        description={t('case.groupHelp')}
        maxLength={200}
        value={draft.group}
        onChange={(event) => onChange({ ...draft, group: event.currentTarget.value })}
      />
      <CaseScorers value={draft.scorers} onChange={(scorers) => onChange({ ...draft, scorers })} />
      {isNew ? (
        <Group grow align="flex-start">
          <TextInput
            label={t('case.key')}
            description={t('case.keyHelp')}
            maxLength={200}
            value={draft.key}
            onChange={(event) => onChange({ ...draft, key: event.currentTarget.value })}
          />
          <Select
            label={t('cases.split')}
            description={t('case.splitNew')}
            clearable
            placeholder={t('case.drawn')}
            data={sides.map((side) => ({ value: side, label: t(`common:split.${side}`) }))}
            value={draft.split}
            onChange={(value) => onChange({ ...draft, split: sides.find((side) => side === value) ?? null })}
          />
        </Group>
      ) : (
        <CaseOrigin row={row} />
      )}
    </>
  );
}

type VariablesProps = Omit<Props, 'row' | 'set'>;

function Variables({ draft, onChange }: VariablesProps) {
  const { t } = useTranslation('sets');
  const change = (id: number, part: Partial<VariableDraft>) =>
    onChange({
      ...draft,
      variables: draft.variables.map((variable) => (variable.id === id ? { ...variable, ...part } : variable)),
    });
  const remove = (id: number) =>
    onChange({ ...draft, variables: draft.variables.filter((variable) => variable.id !== id) });
  return (
    <section aria-labelledby="case-variables">
      <Title order={3} id="case-variables" mb="xs">
        {t('cases.variables')}
      </Title>
      <Stack gap="sm">
        {draft.variables.map(({ id, name, value, isNew }) => (
          <Stack key={id} gap={4}>
            {isNew && (
              <TextInput
                size="xs"
                label={t('case.variableName')}
                value={name}
                onChange={(event) => change(id, { name: event.currentTarget.value })}
              />
            )}
            <ValueField
              label={name === '' ? t('case.newVariable') : name}
              value={value}
              onChange={(next) => change(id, { value: next })}
              action={<RemoveVariable name={name} onRemove={() => remove(id)} />}
            />
          </Stack>
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => onChange(withVariable(draft))}
          >
            {t('case.addVariable')}
          </Button>
        </div>
      </Stack>
    </section>
  );
}

function RemoveVariable({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTranslation('sets');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('case.removeVariable', { name: name === '' ? t('case.newVariable') : name })}
      onClick={onRemove}
    >
      <X size={16} />
    </ActionIcon>
  );
}
