import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { CasePicker } from './case-picker.tsx';
import { OwnValue } from './own-value.tsx';
import { type Subject, shownValue } from './subject.ts';
import { ValueList } from './value-list.tsx';

type Props = {
  project: string;
  sets: Answer<'GET /api/projects/:project/sets'>['sets'];
  set: string | null;
  onSet: (set: string) => void;
  subject: Subject;
  onChange: (subject: Subject) => void;
  takesFirst: boolean;
  /** Variables that the draft uses. */
  variables: readonly string[];
};

/** Chooses what the draft is previewed with: a case of a set, or own values. */
export const SubjectPicker = memo(function SubjectPicker({
  project,
  sets,
  set,
  onSet,
  subject,
  onChange,
  takesFirst,
  variables,
}: Props) {
  const { t } = useTranslation('prompts');
  const own = () => {
    const from = subject.kind === 'case' ? Object.entries(subject.variables) : [];
    onChange({ kind: 'own', values: Object.fromEntries(from.map(([name, value]) => [name, shownValue(value)])) });
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <SegmentedControl
          aria-label={t('subject.label')}
          size="xs"
          data={[
            { value: 'case', label: t('subject.case'), disabled: sets.length === 0 },
            { value: 'own', label: t('subject.own') },
          ]}
          value={subject.kind}
          onChange={(kind) =>
            kind === 'own' ? own() : onChange({ kind: 'case', key: '', variables: {}, expected: null })
          }
        />
        {subject.kind === 'case' && sets.length > 1 && (
          <Select
            size="xs"
            w={160}
            aria-label={t('subject.set')}
            allowDeselect={false}
            data={sets.map(({ slug, name }) => ({ value: slug, label: name }))}
            value={set}
            onChange={(slug) => slug !== null && onSet(slug)}
          />
        )}
      </Group>
      {subject.kind === 'case' && set !== null && (
        <>
          <CasePicker project={project} set={set} subject={subject} onChange={onChange} takesFirst={takesFirst} />
          <ValueList variables={subject.variables} expected={subject.expected} />
        </>
      )}
      {subject.kind === 'own' && <OwnValues subject={subject} onChange={onChange} variables={variables} />}
    </Stack>
  );
});

type OwnProps = Pick<Props, 'onChange' | 'variables'> & { subject: Extract<Subject, { kind: 'own' }> };

function OwnValues({ subject: { values }, onChange, variables }: OwnProps) {
  const { t } = useTranslation('prompts');
  if (variables.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('subject.noVariables')}
      </Text>
    );
  return (
    <>
      {variables.map((name) => (
        <OwnValue
          key={name}
          name={name}
          value={values[name] ?? ''}
          onChange={(value) => onChange({ kind: 'own', values: { ...values, [name]: value } })}
        />
      ))}
      <Text size="xs" c="dimmed">
        {t('subject.ownHelp')}
      </Text>
    </>
  );
}
