import type { ObservationId, ReleaseId } from '../../domain/ids.ts';
import type { Feedback, Observation } from '../../domain/observation.ts';
import type { Project } from '../../domain/project.ts';
import type { Judgement } from '../../domain/result.ts';
import type { ObservationFilter } from '../../storage/observation-store.ts';
import type { ScoredAs } from '../../storage/scored-as.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type ObservationView = Omit<Observation, 'projectId' | 'releaseId' | 'caseId'> & {
  release: number | null;
  prompt: string | null;
  version: number | null;
  caseKey: string | null;
  /** What it was scored as by the newest generation that judged it; null where none did. */
  outcome: Judgement['outcome'] | null;
};
export type ObservationQuery = {
  feedback?: Feedback;
  release?: number;
  scored?: ScoredAs['outcome'];
  /** Of `scored`: by this scorer alone. */
  scorer?: string;
  search?: string;
  before?: number;
  limit?: number;
};

/** Newest first. */
export async function listObservations(
  workbench: Stores,
  project: Project,
  query: ObservationQuery,
): Promise<ObservationView[]> {
  const observations = await workbench.stores.observations.list(project.id, observationFilter(query));
  return Promise.all(observations.map((observation) => observationView(workbench, observation)));
}

/** The same as the store takes it. */
export const observationFilter = ({
  release,
  before,
  scored,
  scorer,
  ...filter
}: ObservationQuery): ObservationFilter => ({
  ...filter,
  release: release as ReleaseId | undefined,
  before: before as ObservationId | undefined,
  scored: scored && { outcome: scored, scorer },
});

/** An observation with the names of what it belongs to. */
export async function observationView(workbench: Stores, observation: Observation): Promise<ObservationView> {
  const { projectId: _project, releaseId, caseId, ...about } = observation;
  const released = releaseId === null ? null : await releasedVersion(workbench, releaseId);
  const made = caseId === null ? null : await workbench.stores.evalSets.case(caseId);
  return {
    ...about,
    release: releaseId,
    prompt: released?.prompt ?? null,
    version: released?.version ?? null,
    caseKey: made?.key ?? null,
    outcome: await workbench.stores.onlineScorings.outcomeOf(observation.id),
  };
}

/** Which version of which prompt a release is. */
export async function releasedVersion({ stores }: Stores, id: ReleaseId): Promise<{ prompt: string; version: number }> {
  const release = await stores.releases.get(id);
  const prompt = await stores.prompts.get(release.promptId);
  const version = await stores.prompts.getVersion(release.promptVersionId);
  return { prompt: prompt.slug, version: version.number };
}
