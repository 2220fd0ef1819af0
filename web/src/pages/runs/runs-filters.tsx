import { Group, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { SearchField } from '../../components/search-field.tsx';

const ROUTE = '/projects/$project/runs';
const KEY = 'GET /api/projects/:project/runs/choices';
const READ_AGAIN_MS = 10_000;

export type Choices = Answer<typeof KEY>;

/** What the runs of a project can be narrowed to; runs are also started by the command line. */
export const useRunChoices = (project: string) =>
  useApi(KEY, { params: { project } }, { refetchInterval: READ_AGAIN_MS });

/** What the list is narrowed to, kept in the address. Each choice offers what there is. */
export function RunsFilters({ choices }: { choices: Choices }) {
  const { t } = useTranslation('runList');
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  return (
    <Group gap="xs" mb="xs">
      <SearchField
        label={t('runs:list.search')}
        search={search.search ?? ''}
        onFind={(text) => set({ search: text })}
      />
      <OneOf
        label={t('runs:prompt')}
        value={search.prompt}
        choices={named(choices.prompts)}
        onChoose={(prompt) => set({ prompt })}
      />
      <OneOf
        label={t('common:model.label')}
        value={search.model}
        choices={named(choices.models)}
        onChoose={(model) => set({ model })}
      />
      <OneOf
        label={t('runs:set')}
        value={search.set}
        choices={named(choices.sets)}
        onChoose={(chosen) => set({ set: chosen })}
      />
      <OneOf
        label={t('runs:splitLabel')}
        value={search.split}
        choices={(['dev', 'holdout', 'all'] as const).map((value) => ({ value, label: t(`common:split.${value}`) }))}
        onChoose={(split) => set({ split })}
      />
      <OneOf
        label={t('runs:status')}
        value={search.status}
        choices={choices.statuses.map((value) => ({ value, label: t(`common:status.${value}`) }))}
        onChoose={(status) => set({ status })}
      />
      <OneOf label={t('tag')} value={search.tag} choices={named(choices.tags)} onChoose={(tag) => set({ tag })} />
      <OneOf
        label={t('archived', { count: choices.archived })}
        value={search.archived}
        choices={(['with', 'only'] as const).map((value) => ({ value, label: t(`archivedChoice.${value}`) }))}
        onChoose={(archived) => set({ archived })}
      />
    </Group>
  );
}

type OneOfProps<Value extends string> = {
  label: string;
  value: Value | undefined;
  choices: readonly { value: Value; label: string }[];
  onChoose: (value: Value | undefined) => void;
};

/** One of the choices, or none; what the address asks for stands there even where no run has it any more. */
function OneOf<Value extends string>({ label, value, choices, onChoose }: OneOfProps<Value>) {
  const missing = value === undefined || choices.some((one) => one.value === value) ? [] : [{ value, label: value }];
  const data = [...choices, ...missing];
  return (
    <Select
      size="xs"
      w={126}
      aria-label={label}
      placeholder={label}
      clearable
      searchable
      value={value ?? null}
      data={data}
      onChange={(chosen) => onChoose(data.find((one) => one.value === chosen)?.value)}
    />
  );
}
