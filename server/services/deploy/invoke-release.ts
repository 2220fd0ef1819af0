import { WhetstoneError } from '../../domain/errors.ts';
import type { ObservationId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import { parseModelReference } from '../../domain/model.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptVersion } from '../../domain/prompt.ts';
import type { Release } from '../../domain/release.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { AnswerEvent } from '../../domain/try-event.ts';
import { allowedProvider } from '../allowed-model.ts';
import { askOnce } from '../ask-once.ts';
import { recordFailureOf } from '../monitor/record-failure.ts';
import { storeObservation } from '../monitor/record-observation.ts';
import { releasePrice } from '../monitor/release-price.ts';
import type { Workbench } from '../workbench.ts';
import type { LabelReference } from './move-label.ts';
import { releasedBy } from './serve-prompt.ts';

type Done = Extract<AnswerEvent, { type: 'done' }>;
/** As it comes; the last one says what was observed of it. */
export type InvokeEvent =
  | Exclude<AnswerEvent, Done>
  | (Done & { release: number; version: number; model: string; observation: ObservationId });

/**
 * Renders what a label points to, asks the released model and records an observation, or that it failed. What can't be asked is thrown before anything is: `label_missing`,
 * `template_error`, `data_may_not_leave`, `connection_missing`. The call ends when `signal` is aborted; nothing is recorded then: who left is no failure.
 */
export async function invokeRelease(
  workbench: Workbench,
  project: Project,
  reference: LabelReference,
  variables: JsonObject,
  signal: AbortSignal,
): Promise<AsyncGenerator<InvokeEvent, void>> {
  const { release, version } = await releasedBy(workbench, project, reference);
  const failed = (problem: { code: string; message: string }) => recordFailureOf(workbench, project, release, problem);
  try {
    return observed(await askRelease(workbench, project, { release, version }, variables, signal));
  } catch (error) {
    await failed(problemOf(error));
    throw error;
  }

  async function* observed(events: AsyncGenerator<AnswerEvent, void>): AsyncGenerator<InvokeEvent, void> {
    try {
      for await (const event of events) yield await recorded(event);
    } catch (error) {
      if (!signal.aborted) await failed(problemOf(error));
      throw error;
    }
  }

  async function recorded(event: AnswerEvent): Promise<InvokeEvent> {
    if (event.type === 'text') return event;
    if (event.type === 'error') {
      await failed(event);
      return event;
    }
    const { output, latencyMs, inputTokens, outputTokens, costUsd } = event;
    const { id: observation } = await storeObservation(workbench, project, {
      releaseId: release.id,
      input: variables,
      output,
      latencyMs,
      inputTokens,
      outputTokens,
      costUsd,
      feedback: null,
      feedbackNote: '',
    });
    return { ...event, release: release.id, version: version.number, model: release.model, observation };
  }
}

async function askRelease(
  workbench: Workbench,
  project: Project,
  { release, version }: { release: Release; version: PromptVersion },
  variables: JsonObject,
  signal: AbortSignal,
): Promise<AsyncGenerator<AnswerEvent, void>> {
  const messages = compilePrompt(version.content).render(variables);
  const provider = await allowedProvider(workbench, project, release.model);
  const { parameters } = release;
  const { responseFormat } = version.content;
  const request = { model: parseModelReference(release.model).name, messages, parameters, responseFormat };
  return askOnce(provider, request, await releasePrice(workbench, release), signal);
}

const problemOf = (error: unknown) =>
  error instanceof WhetstoneError ? error : { code: 'internal_error', message: String(error) };
