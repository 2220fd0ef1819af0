import type { Answer } from '../../../server/http/contract/index.ts';
import { useApi } from '../api/query.ts';

export type LocalModels = Answer<'GET /api/local-models'>;
export type LocalModel = LocalModels['models'][number];

const WHILE_FETCHING_MS = 1_000;

/** Whether its file is on the way. */
export const isComing = ({ state }: Pick<LocalModel, 'state'>): boolean =>
  state.type === 'fetching' || state.type === 'checking';

/** The models of this machine, read once a second while a file is on the way, else every `restMs` where that is given. */
export const useLocalModels = (restMs?: number) =>
  useApi(
    'GET /api/local-models',
    {},
    {
      refetchInterval: (data) => (data?.models.some(isComing) ? WHILE_FETCHING_MS : (restMs ?? false)),
    },
  );
