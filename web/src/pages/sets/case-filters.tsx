import { Button, Group, Select } from '@mantine/core';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../../components/hotkey.ts';
import { SearchField } from '../../components/search-field.tsx';
import { useRuns } from '../../components/use-runs.ts';
import type { SetDetail } from './set-contents.tsx';
import type { CaseFilter } from './use-cases.ts';

type Props = { project: string; set: SetDetail; filter: CaseFilter; onChange: (filter: CaseFilter) => void };

const sides = ['dev', 'holdout'] as const;

/** Search and filters of the cases; they stand in the address. */
export function CaseFilters({ project, set, filter, onChange }: Props) {
  const { t } = useTranslation('sets');
  const labels = [...new Set(set.labels.flatMap(({ label }) => (label === null ? [] : [label])))];
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Group gap="xs">
      <CaseSearch search={filter.search ?? ''} onChange={(search) => onChange({ ...filter, search })} />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t('filter.split')}
        placeholder={t('filter.anySplit')}
        data={sides.map((side) => ({ value: side, label: t(`common:split.${side}`) }))}
        value={filter.split ?? null}
        onChange={(value) => onChange({ ...filter, split: sides.find((side) => side === value) })}
      />
      {labels.length > 0 && (
        <OneOf
          label={t('filter.label')}
          any={t('filter.anyLabel')}
          choices={labels}
          value={filter.label}
          onChange={(label) => onChange({ ...filter, label })}
        />
      )}
      {set.tags.length > 0 && (
        <OneOf
          label={t('filter.tag')}
          any={t('filter.anyTag')}
          choices={set.tags.map(({ tag }) => tag)}
          value={filter.tag}
          onChange={(tag) => onChange({ ...filter, tag })}
        />
      )}
      {(set.sources.length > 1 || filter.source !== undefined) && (
        <OneOf
          label={t('filter.source')}
          any={t('filter.anySource')}
          choices={set.sources.map(({ source }) => source)}
          value={filter.source}
          onChange={(source) => onChange({ ...filter, source })}
        />
      )}
      <FailedIn
        project={project}
        set={set.slug}
        run={filter.failedIn}
        onChange={(failedIn) => onChange({ ...filter, failedIn })}
      />
      {isFiltered && (
        <Button size="xs" variant="subtle" leftSection={<X size={14} aria-hidden />} onClick={() => onChange({})}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}

type OneOfProps = {
  label: string;
  any: string;
  choices: readonly string[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

function OneOf({ label, any, choices, value, onChange }: OneOfProps) {
  return (
    <Select
      size="xs"
      w={170}
      clearable
      searchable
      aria-label={label}
      placeholder={any}
      data={choices}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

type FailedInProps = {
  project: string;
  set: string;
  run: number | undefined;
  onChange: (run: number | undefined) => void;
};

/** The runs on the set, newest first. */
function FailedIn({ project, set, run, onChange }: FailedInProps) {
  const { t } = useTranslation('sets');
  const runs = (useRuns(project, { set }).data?.runs ?? []).filter((one) => one.failed > 0 || one.id === run);
  if (runs.length === 0 && run === undefined) return null;
  return (
    <Select
      size="xs"
      w={230}
      clearable
      searchable
      aria-label={t('filter.failedIn')}
      placeholder={t('filter.failedInAny')}
      data={runs.map(({ id, prompt, version, model }) => ({
        value: String(id),
        label: t('filter.failedInRun', { run: id, prompt, version, model }),
      }))}
      value={run === undefined ? null : String(run)}
      onChange={(value) => onChange(value === null ? undefined : Number(value))}
    />
  );
}

function CaseSearch({ search, onChange }: { search: string; onChange: (search: string | undefined) => void }) {
  const { t } = useTranslation('sets');
  const field = useRef<HTMLInputElement>(null);
  useHotkey('/', t('filter.search'), () => field.current?.focus());
  return <SearchField ref={field} label={t('filter.search')} width={240} search={search} onFind={onChange} />;
}
