import { useSearch } from '@tanstack/react-router';
import { useApi } from '../../api/query.ts';
import { type Run, useRuns } from '../../components/use-runs.ts';

/**
 * What the address asks to approve; where it says nothing, the first prompt, its newest version, and the model that it was last run with: a language
 * model before a stand-in.
 */
export function useCandidate(project: string) {
  const search = useSearch({ from: '/projects/$project/releases' });
  const prompts = useApi('GET /api/projects/:project/prompts', { params: { project } });
  const written = prompts.data?.prompts.filter(({ versionCount }) => versionCount > 0);
  const prompt = search.prompt ?? written?.[0]?.slug ?? null;
  const detail = useApi(
    'GET /api/projects/:project/prompts/:prompt',
    { params: { project, prompt: prompt ?? '' } },
    { enabled: prompt !== null, keepPrevious: true },
  );
  const versions = detail.data?.versions ?? [];
  const version = search.version ?? versions.at(-1)?.number ?? null;
  const all = useRuns(project, { prompt: prompt ?? undefined, version: version ?? undefined, archived: 'with' });
  const runs = all.data?.runs.filter((run) => run.prompt === prompt && run.version === version) ?? [];
  const model = search.model ?? lastModel(runs);
  return {
    prompts: written ?? [],
    prompt,
    versions,
    version,
    runs,
    model,
    ready: prompts.isSuccess && all.isSuccess,
    error: prompts.error ?? detail.error ?? all.error,
  };
}

/** Runs come newest first. */
function lastModel(runs: readonly Run[]): string | null {
  const completed = runs.filter(({ status }) => status === 'completed');
  return (completed.find(({ standIn }) => !standIn) ?? completed[0] ?? runs[0])?.model ?? null;
}
