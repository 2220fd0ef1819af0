import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { caseSubject, type Subject, shownValue, type Variables } from './subject.ts';

type Props = {
  project: string;
  set: string;
  subject: Extract<Subject, { kind: 'case' }>;
  onChange: (subject: Subject) => void;
  /** Chooses the first case where none is chosen. */
  takesFirst: boolean;
};

const SHOWN = 50;
const TYPING_MS = 200;

/** Finds a case of a set by any text in it. Dev cases come alone: who writes to holdout cases spoils them as a test. */
export function CasePicker({ project, set, subject, onChange, takesFirst }: Props) {
  const { t } = useTranslation('prompts');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, TYPING_MS);
  const chosenLabel = subject.key === '' ? '' : caseLine(subject);
  // The field shows the chosen case when nothing is typed: that is no search.
  const wanted = search === chosenLabel ? '' : search;
  const { data, isPending } = useApi(
    'GET /api/projects/:project/sets/:set/cases',
    { params: { project, set }, query: { search: wanted, split: 'dev', limit: SHOWN } },
    { keepPrevious: true },
  );
  const found = data?.cases ?? [];
  const first = found[0];
  const takeFirst = useEffectEvent(() => first !== undefined && onChange(caseSubject(first)));
  const nothingChosen = takesFirst && subject.key === '' && first !== undefined;
  useEffect(() => {
    if (nothingChosen) takeFirst();
  }, [nothingChosen]);

  const others = found.filter(({ key }) => key !== subject.key);
  const options = [...(subject.key === '' || wanted !== '' ? [] : [subject]), ...(wanted === '' ? others : found)];
  return (
    <Select
      label={t('subject.chosen')}
      description={t('subject.chosenHelp')}
      placeholder={isPending ? t('common:loading') : t('subject.search')}
      nothingFoundMessage={t('subject.nothing')}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      filter={({ options: all }) => all}
      data={options.map((item) => ({ value: item.key, label: caseLine(item) }))}
      value={subject.key === '' ? null : subject.key}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(key) => {
        const chosen = found.find((item) => item.key === key);
        if (chosen !== undefined) onChange(caseSubject(chosen));
      }}
    />
  );
}

/** A case in a line: its id and the beginning of its texts. */
export function caseLine({ key, variables }: { key: string; variables: Variables }): string {
  const text = Object.values(variables).map(shownValue).join(' · ').replace(/\s+/g, ' ');
  return `${key}: ${text.length > 90 ? `${text.slice(0, 90)}…` : text}`;
}
