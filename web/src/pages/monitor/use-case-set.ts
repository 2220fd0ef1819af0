import { useLocalStorage } from '@mantine/hooks';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { useReleaseNames } from './use-release-names.ts';

type Sets = Answer<'GET /api/projects/:project/sets'>['sets'];

/** Which set production calls become cases of: the one that was chosen last, else the one that the newest release was approved on, else the first. */
export function useCaseSet(project: string) {
  const query = useApi('GET /api/projects/:project/sets', { params: { project } });
  const [last, remember] = useLocalStorage({
    key: `whetstone.case-set.${project}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const approvedOn = useReleaseNames(project).releases[0]?.evidence.runs[0]?.evalSet;
  const chosenOf = (sets: Sets) =>
    sets.find(({ slug }) => slug === last) ?? sets.find(({ slug }) => slug === approvedOn) ?? sets[0];
  return { query, chosenOf, remember };
}
