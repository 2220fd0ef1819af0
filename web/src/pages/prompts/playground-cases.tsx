import { Button, Group, MultiSelect, Select } from '@mantine/core';
import { Dices } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../components/query-state.tsx';
import { useRuns } from '../../components/use-runs.ts';
import { caseLine } from './case-picker.tsx';
import { MOST_INPUTS } from './playground-plan.ts';
import type { usePlayground } from './use-playground.ts';

type Props = { project: string; cases: ReturnType<typeof usePlayground>['cases'] };

/** Finds cases anywhere in dev: by any text in them, drawn at random, or those that a run did not pass. */
export function PlaygroundCases({ project, cases }: Props) {
  const { t } = useTranslation('prompts');
  const chosen = cases.inputs.filter(({ key }) => !cases.found.some((item) => item.key === key));
  return (
    <>
      <MultiSelect
        label={t('playground.casesOf', { most: MOST_INPUTS })}
        description={t('subject.chosenHelp')}
        placeholder={t('subject.search')}
        nothingFoundMessage={t('subject.nothing')}
        data={[...chosen, ...cases.found].map((item) => ({ value: item.key, label: caseLine(item) }))}
        searchable
        filter={({ options }) => options}
        searchValue={cases.typed}
        onSearchChange={cases.setTyped}
        maxValues={MOST_INPUTS}
        maxDropdownHeight={320}
        hidePickedOptions
        value={cases.keys}
        onChange={cases.choose}
      />
      <Group gap="xs" align="flex-end">
        <FailedIn project={project} cases={cases} />
        <Button
          variant="default"
          size="xs"
          loading={cases.drawing.isPending}
          leftSection={<Dices size={14} aria-hidden />}
          onClick={() => cases.drawing.mutate()}
        >
          {t('playground.draw', { most: MOST_INPUTS })}
        </Button>
      </Group>
      {cases.drawing.error !== null && <ErrorAlert error={cases.drawing.error} />}
    </>
  );
}

/** Narrows the choice to what a run over the set did not pass. */
function FailedIn({ project, cases: { set, failedIn, chooseFailedIn } }: Props) {
  const { t } = useTranslation('prompts');
  const runs =
    useRuns(project, { set: set?.slug }).data?.runs.filter((run) => run.split !== 'holdout' && run.failed > 0) ?? [];
  if (runs.length === 0) return null;
  return (
    <Select
      size="xs"
      w={330}
      maw="100%"
      clearable
      searchable
      label={t('playground.failedIn')}
      placeholder={t('playground.anyCase')}
      data={runs.map(({ id, prompt, version, model, failed }) => ({
        value: String(id),
        label: t('playground.failedRun', { run: id, prompt: `${prompt}@${version}`, model, count: failed }),
      }))}
      value={failedIn === undefined ? null : String(failedIn)}
      onChange={(run) => chooseFailedIn(run === null ? undefined : Number(run))}
    />
  );
}
