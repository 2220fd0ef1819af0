import type { Answer } from '../../../server/http/contract/index.ts';
import { useApi } from '../api/query.ts';

export type Person = Answer<'GET /api/people'>['people'][number];

/** The people of this workbench, and who of them uses this browser; `open` while there are none, so that nobody is asked. */
export function usePeople() {
  const { data } = useApi('GET /api/people', {}, { staleTime: 60_000 });
  return { people: data?.people ?? [], me: data?.me ?? null, open: data?.people.length === 0 };
}
