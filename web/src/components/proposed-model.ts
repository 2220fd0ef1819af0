import { useLocalStorage } from '@mantine/hooks';
import type { Answer } from '../../../server/http/contract/index.ts';
import { useApi } from '../api/query.ts';
import { type LocalModel, useLocalModels } from './use-local-models.ts';

type Model = Pick<Answer<'GET /api/models'>['models'][number], 'reference' | 'standIn'>;

/** Of the models that may answer a real one whose file is not missing, else the stand-in, else whatever there is. */
export function proposedModel(
  models: readonly Model[],
  local: readonly Pick<LocalModel, 'name' | 'state'>[],
): string | null {
  const missing = local.filter(({ state }) => state.type === 'absent' || state.type === 'failed');
  const isThere = ({ reference }: Model) => !missing.some(({ name }) => reference === `local/${name}`);
  const real = models.filter(({ standIn }) => !standIn);
  return (real.find(isThere) ?? models.find(({ standIn }) => standIn) ?? real[0])?.reference ?? null;
}

/** The first of the wanted models that may answer for the project, else the one proposed; while that is not known the first wanted one. */
export function useProposedModel(project: string, wanted: readonly (string | null)[]): string | null {
  const models = useApi('GET /api/models', { query: { project } }).data?.models.filter(({ allowed }) => allowed);
  const local = useLocalModels().data?.models;
  const given = wanted.filter((reference) => reference !== null && reference !== '');
  if (models === undefined || local === undefined) return given[0] ?? null;
  const usable = given.find((wish) => models.some(({ reference }) => reference === wish));
  return usable ?? proposedModel(models, local);
}

/** The model that drafts of the project were tried with last in this browser; empty where none was chosen. */
export const useTriedModel = (project: string) =>
  useLocalStorage({
    key: `whetstone.model.${project}`,
    defaultValue: '',
    getInitialValueInEffect: false,
    serialize: (model) => model,
    deserialize: (model) => model ?? '',
  });
