import { useMemo } from 'react';
import { useApi } from '../../api/query.ts';

/** More different answers than these are no labels. */
const MOST = 12;

/** What the dev cases of a set expect, where that is a choice of a few; else none. */
export function useSetLabels(project: string, set: string | null): readonly string[] {
  const { data } = useApi(
    'GET /api/projects/:project/sets/:set',
    { params: { project, set: set ?? '' } },
    { enabled: set !== null, staleTime: 60_000 },
  );
  const counted = data?.labels;
  return useMemo(() => {
    const labels = new Set(counted?.flatMap(({ label, split }) => (label !== null && split === 'dev' ? label : [])));
    return labels.size >= 2 && labels.size <= MOST ? [...labels] : [];
  }, [counted]);
}
