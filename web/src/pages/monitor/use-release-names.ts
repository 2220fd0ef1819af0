import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';

export type Release = Answer<'GET /api/projects/:project/releases'>['releases'][number];

/** The project's releases, `known` their ids from the oldest on, and what one is called by its id. */
export function useReleaseNames(project: string) {
  const { t } = useTranslation('monitor');
  const { data } = useApi('GET /api/projects/:project/releases', { params: { project } });
  const releases = data?.releases ?? [];
  const known = useMemo(() => (data?.releases ?? []).map(({ id }) => id).sort((a, b) => a - b), [data]);
  const severalPrompts = new Set(releases.map(({ prompt }) => prompt)).size > 1;
  const nameOf = (id: number | null): string => {
    if (id === null) return t('release.none');
    const release = releases.find((one) => one.id === id);
    if (release === undefined) return t('release.byId', { id });
    const { number, version, prompt } = release;
    return severalPrompts ? t('release.ofPrompt', { number, version, prompt }) : t('release.name', { number, version });
  };
  return { releases, known, labels: data?.labels ?? [], nameOf };
}
