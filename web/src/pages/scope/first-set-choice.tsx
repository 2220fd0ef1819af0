import { Autocomplete, Group, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FirstPromptProposal, useChosenSet, useStartSearch } from './first-basis.ts';

/** Choice of the set, beside what else is chosen there. A name that no set has is that of one to be made. */
export function SetChoice({ project, children }: { project: string; children?: ReactNode }) {
  const { t } = useTranslation('start');
  const [, change] = useStartSearch();
  const { sets, name, slug } = useChosenSet(project);
  return (
    <Group align="flex-start" gap="sm">
      <Autocomplete
        label={t('set')}
        description={slug === undefined ? t('setNew') : t('setThere')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        w={260}
        maxLength={80}
        data={sets.map((one) => one.name)}
        value={name ?? ''}
        placeholder={t('setName')}
        onChange={(set) => change({ set: set === '' ? undefined : set })}
      />
      {children}
    </Group>
  );
}

/** What a case gives and what an answer may be: told by the set or the scope, until a person changes them. */
export function BasisFields({ proposal }: { proposal: Pick<FirstPromptProposal, 'fields' | 'labels'> }) {
  const { t } = useTranslation('start');
  const [{ fields, labels }, change] = useStartSearch();
  return (
    <>
      <TagsInput
        label={t('fields')}
        description={t('fieldsHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        w={{ base: '100%', sm: 260 }}
        maxTags={20}
        value={[...(fields ?? proposal.fields)]}
        onChange={(next) => change({ fields: next.map((name) => name.replace(/[{}[\]"'\\.,]/g, '').trim()) })}
      />
      <TagsInput
        label={t('labels')}
        description={t('labelsHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        w={{ base: '100%', sm: 300 }}
        maxTags={50}
        value={[...(labels ?? proposal.labels)]}
        onChange={(next) => change({ labels: next })}
      />
    </>
  );
}
