import { useQueries } from '@tanstack/react-query';
import { apiQuery, useApi } from '../../api/query.ts';

/** In which set the case of an observation is now, and on which side; null while that is not known or where it was removed. */
export function useCaseOf(project: string, caseKey: string) {
  const { data } = useApi('GET /api/projects/:project/sets', { params: { project } });
  const sets = data?.sets ?? [];
  const found = useQueries({
    queries: sets.map(({ slug }) =>
      apiQuery('GET /api/projects/:project/sets/:set/cases', {
        params: { project, set: slug },
        // The search finds parts of keys too.
        query: { search: caseKey, limit: 500 },
      }),
    ),
  });
  const at = found.findIndex((query) => query.data?.cases.some(({ key }) => key === caseKey));
  const item = found[at]?.data?.cases.find(({ key }) => key === caseKey);
  const set = sets[at];
  return {
    pending: data === undefined || found.some((query) => query.isPending),
    made: item === undefined || set === undefined ? null : { set, split: item.split, expected: item.expected },
  };
}
