import { useApi } from '../../api/query.ts';

/** Tells of a model reference whether what answers is no language model. */
export function useStandIns(project: string): (reference: string) => boolean {
  const { data } = useApi('GET /api/models', { query: { project } });
  return (reference) => data?.models.some((model) => model.reference === reference && model.standIn) ?? false;
}
