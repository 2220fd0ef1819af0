import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';

export type BatchMode = Answer<'GET /api/batch-mode'>;

/** Whether a model can be asked in batches; not, until that is known. */
export const useBatchMode = (model: string): BatchMode =>
  useApi('GET /api/batch-mode', { query: { model } }, { enabled: model !== '' }).data ?? {
    offered: false,
    share: null,
  };
