import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CostSearch } from '../../app/routes/cost-search.ts';
import { useErrorText } from '../../components/error-text.ts';
import { useRuns } from '../../components/use-runs.ts';
import { useReleaseNames } from '../monitor/use-release-names.ts';
import type { Change } from './plan.ts';

type Props = { project: string; search: CostSearch; change: Change };

/** The run, or the release, whose calls say how large one is. */
export function MeasuredChoice({ from, ...props }: Props & { from: 'run' | 'release' }) {
  return from === 'run' ? <RunChoice {...props} /> : <ReleaseChoice {...props} />;
}

function RunChoice({ project, search: { run }, change }: Props) {
  const { t } = useTranslation('costs');
  const errorText = useErrorText();
  const { data, error } = useRuns(project);
  const known = data?.runs ?? [];
  const choices = known.map(({ id, prompt, version, model, total }) => ({
    value: String(id),
    label: t('form.runName', { id, prompt, version, model, n: total }),
  }));
  // A run that is older than the list, named by a link.
  const named =
    run === undefined || known.some(({ id }) => id === run) ? [] : [{ value: String(run), label: `#${run}` }];
  return (
    <Select
      label={t('form.run')}
      placeholder={t('form.choose')}
      nothingFoundMessage={t('form.noRun')}
      searchable
      allowDeselect={false}
      data={[...named, ...choices]}
      value={run === undefined ? null : String(run)}
      onChange={(id) => id !== null && change({ run: Number(id) })}
      error={error === null ? undefined : errorText(error)}
    />
  );
}

function ReleaseChoice({ project, search: { release }, change }: Props) {
  const { t } = useTranslation('costs');
  const { releases, labels, nameOf } = useReleaseNames(project);
  const labelled = (id: number) => labels.filter((one) => one.release === id).map(({ label }) => label);
  return (
    <Select
      label={t('form.release')}
      placeholder={t('form.choose')}
      nothingFoundMessage={t('form.noRelease')}
      searchable
      allowDeselect={false}
      data={releases.map(({ id }) => ({ value: String(id), label: [nameOf(id), ...labelled(id)].join(' · ') }))}
      value={release === undefined ? null : String(release)}
      onChange={(id) => id !== null && change({ release: Number(id) })}
    />
  );
}
