import type { Project } from '../../domain/project.ts';
import {
  type ReleaseRequest,
  type RequestEvent,
  type RequestState,
  requestState,
} from '../../domain/release-request.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type RequestEventView = Omit<RequestEvent, 'personId' | 'releaseId' | 'case'> & {
  release: number | null;
  case: { set: string; key: string } | null;
};
export type ReleaseRequestView = Omit<
  ReleaseRequest,
  'projectId' | 'promptId' | 'promptVersionId' | 'scopeId' | 'personId' | 'events'
> & {
  prompt: string;
  version: number;
  /** Who wrote the version. */
  author: string;
  state: RequestState;
  /** Whether the scope is still the one that its gates were computed from: only then can it be approved. */
  scopeIsSame: boolean;
  events: RequestEventView[];
};

/** Newest first. */
export async function listRequests(workbench: Stores, project: Project): Promise<ReleaseRequestView[]> {
  const requests = await workbench.stores.releaseRequests.list(project.id);
  return Promise.all(requests.map((request) => requestView(workbench, request)));
}

/** A request with the names of what it is about. */
export async function requestView({ stores }: Stores, request: ReleaseRequest): Promise<ReleaseRequestView> {
  const { projectId, promptId, promptVersionId, scopeId, personId: _person, events, ...about } = request;
  const prompt = await stores.prompts.get(promptId);
  const version = await stores.prompts.getVersion(promptVersionId);
  const [scope] = await stores.projects.scopeVersions(projectId, 1);
  return {
    ...about,
    prompt: prompt.slug,
    version: version.number,
    author: version.author,
    state: requestState(request),
    scopeIsSame: (scope?.id ?? null) === scopeId,
    events: await Promise.all(events.map((event) => eventView({ stores }, event))),
  };
}

async function eventView({ stores }: Stores, event: RequestEvent): Promise<RequestEventView> {
  const { personId: _person, releaseId, case: about, ...said } = event;
  const on = about === null ? null : { set: (await stores.evalSets.get(about.evalSetId)).slug, key: about.key };
  return { ...said, release: releaseId, case: on };
}
