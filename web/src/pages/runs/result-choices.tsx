import { Button, Checkbox, Group, type OptionsFilter, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FilterX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { RunSearch } from '../../app/routes/run-search.ts';
import type { Run } from '../../components/use-runs.ts';
import { type Counted, countedAnswers } from './counted-answers.ts';
import { useBreakdown } from './use-breakdown.ts';

const ROUTE = '/projects/$project/runs/$run';
type Filter = Omit<RunSearch, 'outcome' | 'result' | 'part'>;
type Name = 'tag' | 'label' | 'answer' | 'errorCode' | 'language' | 'category';

/** What the results are narrowed to, each choice with how many results of the run it has; all of it stands in the address. */
export function ResultChoices({ run }: { run: Run }) {
  const { t } = useTranslation('results');
  const { outcome: _outcome, result: _result, part: _part, ...filter } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const choose = (part: Filter) =>
    void navigate({
      search: (before) => ({ ...before, ...part, result: undefined }),
      replace: true,
      resetScroll: false,
    });
  const choices = useChoices(run);
  const chosen = Object.keys(filter).filter((name) => filter[name as keyof Filter] !== undefined);
  return (
    <Group gap="xs" mb="xs" role="group" aria-label={t('filter.label')}>
      <FoundChoice run={run} name="tag" value={filter.tag} {...choices.tag} onChoose={(tag) => choose({ tag })} />
      <FoundChoice
        run={run}
        name="label"
        value={filter.label}
        {...choices.label}
        onChoose={(label) => choose({ label })}
      />
      <FoundChoice
        run={run}
        name="answer"
        value={filter.answer}
        {...choices.answer}
        onChoose={(answer) => choose({ answer })}
      />
      <Choice
        name="errorCode"
        value={filter.errorCode}
        options={choices.errorCode}
        least={1}
        onChoose={(errorCode) => choose({ errorCode })}
      />
      <Choice
        name="language"
        value={filter.language}
        options={choices.language}
        onChoose={(language) => choose({ language })}
      />
      <Choice
        name="category"
        value={filter.category}
        options={choices.category}
        least={1}
        onChoose={(category) => choose({ category })}
      />
      {run.bySplit.dev !== undefined && run.bySplit.holdout !== undefined && (
        <SegmentedControl
          size="xs"
          aria-label={t('runs:splitLabel')}
          value={filter.split ?? 'all'}
          onChange={(value) => choose({ split: value === 'dev' || value === 'holdout' ? value : undefined })}
          data={(['all', 'dev', 'holdout'] as const).map((one) => ({ value: one, label: t(`common:split.${one}`) }))}
        />
      )}
      {(run.settings.repeats > 1 || filter.flaky === true) && (
        <Checkbox
          size="xs"
          label={t('filter.flaky')}
          checked={filter.flaky === true}
          onChange={({ currentTarget }) => choose({ flaky: currentTarget.checked ? true : undefined })}
        />
      )}
      {chosen.length > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<FilterX size={14} aria-hidden />}
          onClick={() => choose(NO_FILTER)}
        >
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}

const NO_FILTER: { [Part in keyof Required<Filter>]: undefined } = {
  split: undefined,
  category: undefined,
  search: undefined,
  tag: undefined,
  label: undefined,
  answer: undefined,
  errorCode: undefined,
  language: undefined,
  flaky: undefined,
};

/** What there is to choose, most results first. */
function useChoices(run: Run) {
  const { t } = useTranslation('results');
  const { data: breakdown } = useBreakdown(run);
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project: run.project } });
  return {
    tag: { options: (breakdown?.byTag ?? []).map(counted), more: (breakdown?.moreTags ?? 0) > 0 },
    label: { options: (breakdown?.byLabel ?? []).map(counted), more: (breakdown?.moreLabels ?? 0) > 0 },
    answer: {
      options: countedAnswers(breakdown?.confusion ?? null),
      more: breakdown?.confusion?.columns.some(({ type }) => type === 'other_answers') ?? false,
    },
    errorCode: (breakdown?.errors ?? []).map(({ code, count }): Counted<string> => ({ value: code, count })),
    language: (breakdown?.byLanguage ?? []).map((group) => ({
      ...counted(group),
      name: t(`breakdown.language.${group.key}`),
    })),
    // Their counts are of the whole project.
    category: (data?.categories ?? []).map(({ category }): Counted<string> => ({ value: category })),
  };
}

const counted = <Key extends string>(group: {
  key: Key;
  passed: number;
  failed: number;
  errors: number;
}): Counted<Key> => ({
  value: group.key,
  count: group.passed + group.failed + group.errors,
});

type ChoiceProps<Value extends string> = {
  name: Name;
  value: Value | undefined;
  options: readonly Counted<Value>[];
  /** Fewer options are no choice. */
  least?: number;
  /** Given where what is typed narrows the options. */
  onType?: (text: string) => void;
  onChoose: (value: Value | undefined) => void;
};

type FoundProps = Omit<ChoiceProps<string>, 'name'> & { run: Run; name: 'tag' | 'label' | 'answer'; more: boolean };

const TYPING_MS = 250;

/** The most frequent ones; where there are more, any of them is found by a part of it. */
function FoundChoice({ run, name, options, more, ...props }: FoundProps) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { data } = useApi(
    'GET /api/runs/:run/result-choices',
    { params: { run: run.id }, query: { field: name, search } },
    { enabled: more && search !== '', keepPrevious: true },
  );
  if (!more) return <Choice name={name} options={options} {...props} />;
  const found = search === '' ? options : (data?.choices ?? []);
  return <Choice name={name} options={found} least={0} onType={setTyped} {...props} />;
}

function Choice<Value extends string>({ name, value, options, least = 2, onType, onChoose }: ChoiceProps<Value>) {
  const { t } = useTranslation('results');
  if (options.length < least && value === undefined) return null;
  const known = value === undefined || options.some((option) => option.value === value);
  const all = known ? options : [...options, { value }];
  const label = t(`filter.name.${name}`);
  return (
    <Select
      size="xs"
      w={158}
      aria-label={label}
      placeholder={t(`filter.any.${name}`)}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.remove', { filter: label }), 'aria-hidden': false, tabIndex: 0 }}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={320}
      data={all.map(({ value, name, count }) => ({
        value,
        label: count === undefined ? (name ?? value) : t('filter.option', { name: name ?? value, count }),
      }))}
      value={value ?? null}
      onChange={(chosen) => onChoose(all.find((option) => option.value === chosen)?.value)}
      {...(onType !== undefined && {
        searchable: true,
        filter: asFound,
        nothingFoundMessage: t('filter.nothingFound'),
        onInput: ({ currentTarget }: React.InputEvent<HTMLInputElement>) => onType(currentTarget.value),
        onDropdownClose: () => onType(''),
      })}
    />
  );
}

/** The server has looked already. */
const asFound: OptionsFilter = ({ options }) => options;
