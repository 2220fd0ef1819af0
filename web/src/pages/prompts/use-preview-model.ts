import { useProposedModel, useTriedModel } from '../../components/proposed-model.ts';

/** The model that drafts of a project are priced for and tried on: the one chosen last here, else the one that ran the version, else the one proposed. */
export function usePreviewModel(project: string, ran: string | null): [string | null, (model: string) => void] {
  const [tried, setTried] = useTriedModel(project);
  return [useProposedModel(project, [tried, ran]), setTried];
}
