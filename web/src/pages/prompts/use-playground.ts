import { useQueries } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { apiQuery, useApi } from '../../api/query.ts';
import type { PlaygroundSearch } from '../../app/routes/prompts.ts';
import { useProposedModel, useTriedModel } from '../../components/proposed-model.ts';
import { type ChosenVersion, columnsOf, type PlaygroundInput, versionReference } from './playground-plan.ts';
import { variablesOf } from './subject.ts';
import { usePlaygroundCases } from './use-playground-cases.ts';

const here = '/projects/$project/playground';

/** What stands side by side: the choice is in the address; without one, the newest version with the model that answered it last on the first dev cases. */
export function usePlayground(project: string) {
  const search = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const change = (part: PlaygroundSearch) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });

  const prompts = useApi('GET /api/projects/:project/prompts', { params: { project } });
  const details = useQueries({
    queries: (prompts.data?.prompts ?? []).map(({ slug: prompt }) =>
      apiQuery('GET /api/projects/:project/prompts/:prompt', { params: { project, prompt } }),
    ),
  });
  const versions = details.flatMap(({ data }): ChosenVersion[] =>
    data === undefined
      ? []
      : data.versions
          .toReversed()
          .map((version) => ({ reference: versionReference(data.slug, version.number), prompt: data.slug, version })),
  );
  const models = useApi('GET /api/models', { query: { project } }).data?.models ?? [];
  const usable = models.filter(({ allowed }) => allowed).map(({ reference }) => reference);
  const chosenVersions = search.versions ?? versions.slice(0, 1).map(({ reference }) => reference);
  const ran = [...versions.filter(({ reference }) => chosenVersions.includes(reference)), ...versions].flatMap(
    ({ version }) => version.latestRun?.model ?? [],
  );
  // A model that has answered before is there; of others that is not sure.
  const [tried] = useTriedModel(project);
  const model = useProposedModel(project, [...ran, tried]);
  const chosenModels = search.models ?? (model === null ? [] : [model]);
  const columns = columnsOf(
    versions.filter(({ reference }) => chosenVersions.includes(reference)),
    chosenModels.filter((model) => usable.includes(model)),
  );
  const needed = [...new Set(columns.flatMap(({ version }) => version.variables))];
  const cases = usePlaygroundCases(project, search, change);
  const inputs: PlaygroundInput[] =
    search.own === undefined
      ? cases.inputs
      : [{ key: '', held: null, variables: variablesOf({ kind: 'own', values: search.own }, needed) }];
  return { search, change, versions, models, chosenVersions, chosenModels, columns, needed, cases, inputs };
}
