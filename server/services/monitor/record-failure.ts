import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import { type CallFailure, callFailureOf } from '../../domain/unobserved-call.ts';
import type { NewUnobservedCall } from '../../storage/unobserved-call-store.ts';
import type { Workbench } from '../workbench.ts';
import { releaseOf } from './record-observation.ts';
import { keepCounts, redactorFor } from './redaction.ts';

type Stores = Pick<Workbench, 'stores'>;
/** A failed call as an application reports it. */
export type ReportedFailure = { prompt?: string; release?: number; failure: CallFailure; message: string };
const notOfSpan = { model: null, traceId: null, spanId: null };

/** Throws `release_missing`, `observation_needs_release`, `observation_release_of_other_prompt`. */
export async function recordFailedCall(
  workbench: Stores,
  project: Project,
  { failure, message, ...call }: ReportedFailure,
): Promise<void> {
  const release = await releaseOf(workbench, project, call);
  await storeUnobserved(workbench, project, { releaseId: release?.id ?? null, failure, message, ...notOfSpan });
}

/** Writes down that a call through a release failed. */
export async function recordFailureOf(
  workbench: Stores,
  project: Project,
  { id, model }: Release,
  { code, message }: { code: string; message: string },
): Promise<void> {
  const failure = callFailureOf(code);
  await storeUnobserved(workbench, project, { ...notOfSpan, releaseId: id, failure, message, model });
}

/** The only way of a call without an answer into the database, as `storeObservation` is for those with one. */
export async function storeUnobserved(
  workbench: Stores,
  project: Project,
  call: Omit<NewUnobservedCall, 'projectId'>,
): Promise<void> {
  const redactor = await redactorFor(workbench, project);
  const message = redactor.text(call.message).slice(0, longestMessage);
  await workbench.stores.unobservedCalls.add({ ...call, projectId: project.id, message });
  await keepCounts(workbench, project, redactor);
}

/** Providers quote what they were sent. */
const longestMessage = 2000;
