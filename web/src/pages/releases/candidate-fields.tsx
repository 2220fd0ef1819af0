import { Select, SimpleGrid } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { useCandidate } from './use-candidate.ts';

type Props = { project: string; candidate: ReturnType<typeof useCandidate> };

/** Choice of prompt, version and model; it stands in the address. */
export function CandidateFields({ project, candidate: { prompts, prompt, versions, version, model, runs } }: Props) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const choose = (search: { prompt: string | null; version?: number | null; model?: string | null }) =>
    navigate({
      search: {
        approve: true,
        prompt: search.prompt ?? undefined,
        version: search.version ?? undefined,
        model: search.model ?? undefined,
      },
      replace: true,
      resetScroll: false,
    });
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <Select
        label={t('approve.prompt')}
        data={prompts.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={prompt}
        allowDeselect={false}
        onChange={(slug) => choose({ prompt: slug })}
      />
      <Select
        label={t('approve.version')}
        data={versions.toReversed().map(({ number, note }) => ({
          value: String(number),
          label:
            note === '' ? t('version', { version: number }) : t('approve.versionWithNote', { version: number, note }),
        }))}
        value={version === null ? null : String(version)}
        allowDeselect={false}
        searchable
        onChange={(number) => choose({ prompt, version: Number(number) })}
      />
      <Select
        label={t('common:model.label')}
        placeholder={t('common:model.placeholder')}
        nothingFoundMessage={t('common:model.none')}
        data={useModels(project, runs, model)}
        value={model}
        allowDeselect={false}
        searchable
        onChange={(reference) => choose({ prompt, version, model: reference })}
      />
    </SimpleGrid>
  );
}

/** Models that the version was run with, then the others that answer now. */
function useModels(project: string, runs: Props['candidate']['runs'], chosen: string | null) {
  const { t } = useTranslation('releases');
  const known = useApi('GET /api/models', { query: { project } }).data?.models ?? [];
  const run = new Map(runs.flatMap(({ model, standIn, status }) => (status === 'completed' ? [[model, standIn]] : [])));
  const others = new Map(known.flatMap(({ reference, standIn }) => (run.has(reference) ? [] : [[reference, standIn]])));
  if (chosen !== null && !run.has(chosen) && !others.has(chosen)) others.set(chosen, false);
  const items = (models: ReadonlyMap<string, boolean>) =>
    [...models].map(([reference, standIn]) => ({
      value: reference,
      label: standIn ? t('approve.standInModel', { model: reference }) : reference,
    }));
  return [
    { group: t('approve.modelsRun'), items: items(run) },
    { group: t('approve.modelsNotRun'), items: items(others) },
  ].filter((group) => group.items.length > 0);
}
