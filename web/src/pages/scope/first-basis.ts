import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import type { StartSearch } from '../../app/routes/start.ts';

export const startPage = '/projects/$project/start';
export type FirstPromptProposal = Answer<'GET /api/projects/:project/first-prompt'>;

/** What the address says, and how it is changed: what a person chose is in every link that they share. */
export function useStartSearch(): [StartSearch, (part: StartSearch) => void] {
  const search = useSearch({ from: startPage });
  const navigate = useNavigate({ from: startPage });
  const change = (part: StartSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return [search, change];
}

/** The set that cases go to: the one in the address, else the project's first. One that is not there yet has a name and no slug. */
export function useChosenSet(project: string) {
  const [search] = useStartSearch();
  const { data } = useApi('GET /api/projects/:project/sets', { params: { project } });
  const sets = data?.sets ?? [];
  const found =
    search.set === undefined ? sets[0] : sets.find(({ slug, name }) => slug === search.set || name === search.set);
  return { sets, known: data !== undefined, slug: found?.slug, name: found?.name ?? search.set };
}

/** The first prompt with the fields and labels that a case and a prompt have: as the address has them, else as set and scope tell. */
export function useProposal(project: string) {
  const [{ fields, labels }] = useStartSearch();
  const { slug, known } = useChosenSet(project);
  const query = { set: slug, fields: fields?.length === 0 ? undefined : fields, labels };
  return useApi(
    'GET /api/projects/:project/first-prompt',
    { params: { project }, query },
    { enabled: known, keepPrevious: true },
  );
}
