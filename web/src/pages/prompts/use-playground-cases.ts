import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiError, request } from '../../api/client.ts';
import { apiQuery, useApi } from '../../api/query.ts';
import type { PlaygroundSearch } from '../../app/routes/prompts.ts';
import { MOST_INPUTS, type PlaygroundInput } from './playground-plan.ts';

const CASES = 'GET /api/projects/:project/sets/:set/cases';
const FIRST_CASES = 3;
const LISTED = 100;
const TYPING_MS = 200;

/** Dev cases of the chosen set; those of the address are found by their ids, however far down they stand. */
export function usePlaygroundCases(
  project: string,
  search: PlaygroundSearch,
  change: (part: PlaygroundSearch) => unknown,
) {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), TYPING_MS);
  const sets = useApi('GET /api/projects/:project/sets', { params: { project } }).data?.sets ?? [];
  const filled = sets.filter(({ caseCount }) => caseCount > 0);
  const set = filled.find(({ slug }) => slug === search.set) ?? filled[0];
  const params = { project, set: set?.slug ?? '' };
  const enabled = set !== undefined;
  const { failedIn } = search;
  const dev = { split: 'dev', failedIn, limit: LISTED } as const;
  const found = useApi(CASES, { params, query: { ...dev, search: text } }, { enabled, keepPrevious: true }).data?.cases;
  const wanted = (search.cases ?? []).slice(0, MOST_INPUTS);
  const [first, ...chosen] = useQueries({
    queries: [dev, ...wanted.map((key) => ({ split: 'dev', search: key, limit: LISTED }) as const)].map((query) => ({
      ...apiQuery(CASES, { params, query }),
      enabled,
    })),
  });
  const firstCases = first?.data?.cases ?? [];
  const all = [...firstCases, ...chosen.flatMap(({ data }) => data?.cases ?? []), ...(found ?? [])];
  const atFirst = failedIn === undefined ? FIRST_CASES : MOST_INPUTS;
  const keys = search.cases === undefined ? firstCases.slice(0, atFirst).map(({ key }) => key) : wanted;
  const inputs = keys.flatMap((key): PlaygroundInput[] => {
    const item = all.find((one) => one.key === key);
    if (item === undefined || set === undefined) return [];
    const { expected, tags, variables } = item;
    return [{ key, held: { set: set.slug, expected, tags }, variables }];
  });
  const drawing = useMutation<string[], ApiError>({
    mutationFn: async () => {
      const query = { split: 'dev', failedIn, drawn: true, limit: MOST_INPUTS } as const;
      return (await request(CASES, { params, query })).cases.map(({ key }) => key);
    },
    onSuccess: (drawn) => change({ cases: drawn }),
  });
  return {
    sets: filled,
    set,
    found: found ?? [],
    typed,
    setTyped,
    keys,
    inputs,
    choose: (cases: string[]) => change({ cases }),
    failedIn,
    chooseFailedIn: (run: number | undefined) => change({ failedIn: run, cases: undefined }),
    drawing,
  };
}
