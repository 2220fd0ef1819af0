import { useLocalStorage } from '@mantine/hooks';
import { useApi } from '../../api/query.ts';

/** The model that drafts of a project are priced for and tried on: the one chosen last here, else the one that ran the version, else the first allowed. */
export function usePreviewModel(project: string, ran: string | null): [string | null, (model: string) => void] {
  const [stored, setStored] = useLocalStorage({
    key: `whetstone.model.${project}`,
    defaultValue: '',
    getInitialValueInEffect: false,
    serialize: (model) => model,
    deserialize: (model) => model ?? '',
  });
  const { data } = useApi('GET /api/models', { query: { project } });
  const usable = data?.models.filter(({ allowed }) => allowed).map(({ reference }) => reference) ?? [];
  const wanted = [stored, ran].find((model) => model !== null && usable.includes(model));
  return [wanted ?? usable[0] ?? null, setStored];
}
