import { conflict, missing, refused } from '../../domain/errors.ts';
import type { EvalSetId, ReleaseRequestId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/person.ts';
import type { Project } from '../../domain/project.ts';
import { type ReleaseRequest, requestState } from '../../domain/release-request.ts';
import { requestEnded } from '../../storage/release-request-store.ts';
import { findSet } from '../evaluate/list-sets.ts';
import { actingName, requireRole } from '../people/identify.ts';
import type { Workbench } from '../workbench.ts';
import { type Candidate, type CandidateEvidence, gatherEvidence } from './evidence.ts';

type Stores = Pick<Workbench, 'stores'>;
/** `by`: the name that is typed where nobody was added to the workbench yet. */
export type Said = { text: string; by: string };

/**
 * Puts a version with its model forward for release and freezes the evidence it stands on.
 * Throws `release_needs_evidence`, `release_stand_in`, `release_request_open`.
 */
export async function requestRelease(
  workbench: Stores,
  project: Project,
  actor: Actor,
  { text, by, ...candidate }: Candidate & Said,
): Promise<ReleaseRequest> {
  requireRole(actor, 'editor');
  const { releaseRequests } = workbench.stores;
  const { prompt, version, evidence, scopeId } = await releasable(workbench, project, candidate);
  const open = (await releaseRequests.list(project.id)).find(
    (request) =>
      request.promptVersionId === version.id && request.model === candidate.model && requestState(request) === 'open',
  );
  if (open !== undefined) {
    throw conflict(
      'release_request_open',
      `Release request ${open.id} asks for this version with this model already. Withdraw it to ask with newer evidence.`,
      { details: { request: open.id } },
    );
  }
  return releaseRequests.create({
    projectId: project.id,
    promptId: prompt.id,
    promptVersionId: version.id,
    model: candidate.model,
    parameters: version.content.parameters,
    scopeId,
    evidence,
    note: text,
    requestedBy: actingName(actor, by),
    personId: personIdOf(actor),
  });
}

/** Says something to a request, about one of its cases where given. Throws `release_request_missing`, `case_missing`, `eval_set_missing`. */
export async function commentRequest(
  workbench: Stores,
  project: Project,
  actor: Actor,
  id: ReleaseRequestId,
  { text, by, about }: Said & { about?: { set: string; key: string } },
): Promise<ReleaseRequest> {
  requireRole(actor, 'editor');
  const request = await requestIn(workbench, project, id);
  const on = about === undefined ? null : await caseNamed(workbench, project, about);
  return addEvent(workbench, actor, request, { kind: 'commented', text, by, on });
}

/** Gives a request back to who made it, with what is missing. Throws `release_request_missing`, `release_request_ended`. */
export async function sendBack(
  workbench: Stores,
  project: Project,
  actor: Actor,
  id: ReleaseRequestId,
  said: Said,
): Promise<ReleaseRequest> {
  requireRole(actor, 'approver');
  return addEvent(workbench, actor, await openRequest(workbench, project, id), { kind: 'sent_back', ...said });
}

/** By who made it, or by an approver. Throws `release_request_missing`, `release_request_ended`. */
export async function withdrawRequest(
  workbench: Stores,
  project: Project,
  actor: Actor,
  id: ReleaseRequestId,
  said: Said,
): Promise<ReleaseRequest> {
  const request = await openRequest(workbench, project, id);
  const own = actor.kind === 'person' && actor.person.id === request.personId;
  requireRole(actor, own ? 'editor' : 'approver');
  return addEvent(workbench, actor, request, { kind: 'withdrawn', ...said });
}

/** Of this project. Throws `release_request_missing`. */
export async function requestIn({ stores }: Stores, project: Project, id: ReleaseRequestId): Promise<ReleaseRequest> {
  const request = await stores.releaseRequests.get(id);
  if (request.projectId === project.id) return request;
  throw notHere(project, id);
}

/** Throws `release_request_missing`, `release_request_ended`. */
export async function openRequest(workbench: Stores, project: Project, id: ReleaseRequestId): Promise<ReleaseRequest> {
  const request = await requestIn(workbench, project, id);
  if (requestState(request) !== 'open') throw requestEnded(id);
  return request;
}

export const personIdOf = (actor: Actor) => (actor.kind === 'person' ? actor.person.id : null);

type Event = Said & {
  kind: 'commented' | 'sent_back' | 'withdrawn';
  on?: { evalSetId: EvalSetId; key: string } | null;
};

async function addEvent(
  { stores }: Stores,
  actor: Actor,
  { id }: ReleaseRequest,
  { kind, text, by, on = null }: Event,
) {
  const author = actingName(actor, by);
  await stores.releaseRequests.addEvent(id, {
    kind,
    text,
    case: on,
    releaseId: null,
    author,
    personId: personIdOf(actor),
  });
  return stores.releaseRequests.get(id);
}

async function caseNamed(workbench: Stores, project: Project, { set: name, key }: { set: string; key: string }) {
  const set = await findSet(workbench, project, name);
  if (await workbench.stores.evalSets.hasCase(set.id, key)) return { evalSetId: set.id, key };
  throw missing('case_missing', `No version of the set "${set.name}" has a case "${key}".`);
}

const notHere = (project: Project, id: ReleaseRequestId) =>
  missing('release_request_missing', `${project.name} has no release request ${id}.`);

/** The evidence of a version that may be released. Throws `release_needs_evidence`, `release_stand_in`. */
export async function releasable(
  workbench: Stores,
  project: Project,
  candidate: Candidate,
): Promise<CandidateEvidence> {
  const gathered = await gatherEvidence(workbench, project, candidate);
  const { prompt, version, evidence, onlyStandIn } = gathered;
  const name = `Version ${version.number} of "${prompt.name}"`;
  if (onlyStandIn) {
    throw refused(
      'release_stand_in',
      `${name} was run only with ${candidate.model}, a stand-in to learn the tool with. Run it with a language model first: what a stand-in answers says nothing about one.`,
    );
  }
  if (evidence.runs.length === 0) {
    throw refused(
      'release_needs_evidence',
      `${name} has no completed run with ${candidate.model}. Run it with that model first: a release is approved on evidence.`,
    );
  }
  return gathered;
}
