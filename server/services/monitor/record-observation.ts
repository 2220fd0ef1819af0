import { invalid, missing } from '../../domain/errors.ts';
import type { ObservationId, ReleaseId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Feedback, Observation } from '../../domain/observation.ts';
import { costOf } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import type { NewObservation } from '../../storage/observation-store.ts';
import { findPrompt } from '../deploy/find-version.ts';
import type { Workbench } from '../workbench.ts';
import { keepCounts, redactorFor } from './redaction.ts';
import { releasePrice } from './release-price.ts';

/** One production call as an application reports it; `release` is the id that `GET /api/prompts/…` gave it. */
export type ReportedCall = {
  prompt?: string;
  release?: number;
  input: JsonObject;
  output: string;
  latencyMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  feedback?: Feedback;
  feedbackNote?: string;
};

/** Throws `release_missing`, `observation_needs_release`, `observation_release_of_other_prompt`. */
export async function recordObservation(
  workbench: Pick<Workbench, 'stores' | 'providers' | 'prices'>,
  project: Project,
  call: ReportedCall,
): Promise<Observation> {
  const release = await releaseOf(workbench, project, call);
  const { inputTokens = null, outputTokens = null } = call;
  return storeObservation(workbench, project, {
    releaseId: release?.id ?? null,
    input: call.input,
    output: call.output,
    latencyMs: call.latencyMs ?? null,
    inputTokens,
    outputTokens,
    costUsd:
      release === null || inputTokens === null || outputTokens === null
        ? null
        : costOf(await releasePrice(workbench, release), { inputTokens, outputTokens, cachedInputTokens: 0 }),
    feedback: call.feedback ?? null,
    feedbackNote: call.feedbackNote ?? '',
  });
}

/** The only way of a production call into the database: what the project's redaction rules cover does not get there. */
export async function storeObservation(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  observation: Omit<NewObservation, 'projectId'>,
): Promise<Observation> {
  const redactor = await redactorFor(workbench, project);
  const stored = await workbench.stores.observations.add({
    ...observation,
    projectId: project.id,
    input: redactor.json(observation.input),
    output: redactor.text(observation.output),
    feedbackNote: redactor.text(observation.feedbackNote),
  });
  await keepCounts(workbench, project, redactor);
  return stored;
}

/** Adds what a user thought of an answer later. Throws `observation_missing`. */
export async function giveFeedback(
  workbench: Pick<Workbench, 'stores'>,
  id: number,
  given: Pick<Observation, 'feedback' | 'feedbackNote'>,
): Promise<Observation> {
  const { observations } = workbench.stores;
  const observation = await observations.get(id as ObservationId);
  const project = { id: observation.projectId };
  const redactor = await redactorFor(workbench, project);
  const { feedback } = given;
  const feedbackNote = redactor.text(given.feedbackNote);
  await observations.setFeedback(observation.id, feedback, feedbackNote);
  await keepCounts(workbench, project, redactor);
  return { ...observation, feedback, feedbackNote };
}

/** Which release a program says that it called. */
export async function releaseOf(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { prompt: name, release: id }: Pick<ReportedCall, 'prompt' | 'release'>,
): Promise<Release | null> {
  const prompt = name === undefined ? null : await findPrompt(workbench, project, name);
  if (id === undefined) {
    if (prompt === null) return null;
    throw invalid(
      'observation_needs_release',
      `Say which release of "${prompt.name}" answered: "release" is in what GET /api/prompts/${project.slug}/${prompt.slug}/LABEL gives.`,
    );
  }
  const release = await workbench.stores.releases.get(id as ReleaseId);
  if (release.projectId !== project.id) {
    throw missing(
      'release_missing',
      `${project.name} has no release ${id}. Send the "release" that GET /api/prompts/${project.slug}/… gives.`,
    );
  }
  if (prompt !== null && prompt.id !== release.promptId) {
    throw invalid('observation_release_of_other_prompt', `Release ${id} is not one of "${prompt.name}".`);
  }
  return release;
}
