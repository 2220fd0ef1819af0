import type { Answer } from '../../../../server/http/contract/index.ts';
import type { LocalModel } from '../../components/use-local-models.ts';

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
