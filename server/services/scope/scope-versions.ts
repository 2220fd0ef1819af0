import { missing } from '../../domain/errors.ts';
import type { ReleaseId, ReleaseRequestId, ScopeId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { type ReleaseRequest, type RequestState, requestState } from '../../domain/release-request.ts';
import { changedFields, type ScopeField, type ScopeVersion } from '../../domain/scope.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/** A request for a release, and what it became. */
export type ScopeRequest = {
  id: ReleaseRequestId;
  prompt: string;
  version: number;
  state: RequestState;
  release: { id: ReleaseId; number: number } | null;
};
export type ScopeVersionView = ScopeVersion & {
  /** What it says otherwise than the version before. */
  changed: ScopeField[];
  /** Made under it, newest first. */
  requests: ScopeRequest[];
};
export type ScopeHistory = {
  /** Newest first. */
  versions: ScopeVersionView[];
  /** Requests that are open under the present scope, or under none: another scope lets them only be withdrawn or sent back. */
  openRequests: ScopeRequest[];
};

/** Every scope that was saved, with what changed in it and what was put forward for release under it. */
export async function scopeHistory(workbench: Stores, project: Project): Promise<ScopeHistory> {
  const { stores } = workbench;
  const versions = await stores.projects.scopeVersions(project.id);
  const requests = await stores.releaseRequests.list(project.id);
  const under = async (id: ScopeId | null) =>
    Promise.all(requests.filter(({ scopeId }) => scopeId === id).map((request) => requestOf(workbench, request)));
  const present = await under(versions[0]?.id ?? null);
  return {
    versions: await Promise.all(
      versions.map(async (version, index) => ({
        ...version,
        changed: changedFields(versions[index + 1]?.scope ?? null, version.scope),
        requests: await under(version.id),
      })),
    ),
    openRequests: present.filter(({ state }) => state === 'open'),
  };
}

/** Throws `scope_version_missing`. */
export async function scopeNumbered({ stores }: Stores, project: Project, number: number): Promise<ScopeVersion> {
  const found = (await stores.projects.scopeVersions(project.id)).find((version) => version.number === number);
  if (found !== undefined) return found;
  throw missing(
    'scope_version_missing',
    `The scope of ${project.name} has no version ${number}. "whetstone scope versions" shows those there are.`,
  );
}

async function requestOf({ stores }: Stores, request: ReleaseRequest): Promise<ScopeRequest> {
  const released = request.events.find(({ releaseId }) => releaseId !== null)?.releaseId ?? null;
  return {
    id: request.id,
    prompt: (await stores.prompts.get(request.promptId)).slug,
    version: (await stores.prompts.getVersion(request.promptVersionId)).number,
    state: requestState(request),
    release: released === null ? null : { id: released, number: (await stores.releases.get(released)).number },
  };
}
