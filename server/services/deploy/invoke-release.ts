import type { ObservationId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import { parseModelReference } from '../../domain/model.ts';
import type { Project } from '../../domain/project.ts';
import { compilePrompt } from '../../domain/template.ts';
import type { AnswerEvent } from '../../domain/try-event.ts';
import { allowedProvider } from '../allowed-model.ts';
import { askOnce } from '../ask-once.ts';
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
 * Renders what a label points to, asks the released model and records an observation. What can't be asked is thrown before anything is: `label_missing`,
 * `template_error`, `data_may_not_leave`, `connection_missing`. The call ends when `signal` is aborted; nothing is recorded then.
 */
export async function invokeRelease(
  workbench: Workbench,
  project: Project,
  reference: LabelReference,
  variables: JsonObject,
  signal: AbortSignal,
): Promise<AsyncGenerator<InvokeEvent, void>> {
  const { release, version } = await releasedBy(workbench, project, reference);
  const messages = compilePrompt(version.content).render(variables);
  const provider = await allowedProvider(workbench, project, release.model);
  const { parameters } = release;
  const { responseFormat } = version.content;
  const request = { model: parseModelReference(release.model).name, messages, parameters, responseFormat };
  const price = await releasePrice(workbench, release);
  return observed(askOnce(provider, request, price, signal));

  async function* observed(events: AsyncGenerator<AnswerEvent, void>): AsyncGenerator<InvokeEvent, void> {
    for await (const event of events) {
      if (event.type !== 'done') {
        yield event;
        continue;
      }
      const { output, latencyMs, inputTokens, outputTokens, costUsd } = event;
      const { id: observation } = await storeObservation(workbench, project, {
        releaseId: release.id,
        input: variables,
        ...{ output, latencyMs, inputTokens, outputTokens, costUsd },
        feedback: null,
        feedbackNote: '',
      });
      yield { ...event, release: release.id, version: version.number, model: release.model, observation };
    }
  }
}
