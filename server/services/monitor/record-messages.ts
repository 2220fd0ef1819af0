import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Project } from '../../domain/project.ts';
import { modelCallOf } from '../../domain/trace/model-call.ts';
import type { SentMessages } from '../../formats/otlp-logs.ts';
import type { SpanMessage } from '../../storage/span-message-store.ts';
import type { SpanKey } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';
import { namedProject } from './named-project.ts';
import { observeSpan } from './observe-span.ts';
import { keepCounts, redactorFor } from './redaction.ts';
import { type SpanReleases, spanReleases } from './span-releases.ts';

/** Messages that are stored at once before others get their turn. */
const SLICE = 64;

type Stores = Pick<Workbench, 'stores'>;
/** What became of what one request sent; each problem is said once. */
export type TraceReport = { accepted: number; rejected: number; problems: string[] };

/** Stores messages of models' calls that came as logs, redacted, and completes those of their spans that are here already. */
export async function recordMessages(
  workbench: Stores,
  sent: readonly SentMessages[],
  named: string | null,
): Promise<TraceReport> {
  const problems = new Set<string>();
  let [accepted, rejected] = [0, 0];
  for (const { resource, messages } of sent) {
    // Logs of other kinds are no business of any project here.
    if (messages.length === 0) continue;
    const project = await namedProject(workbench, named, resource);
    if (typeof project === 'string') {
      problems.add(project);
      rejected += messages.length;
      continue;
    }
    const redactor = await redactorFor(workbench, project);
    const releases = spanReleases(workbench, project, resource);
    for (let from = 0; from < messages.length; from += SLICE) {
      const slice = messages.slice(from, from + SLICE);
      const kept = slice.map(({ event, ...key }) => ({
        ...key,
        event: { ...event, attributes: redactor.json(event.attributes) },
      }));
      await workbench.stores.spanMessages.add(project.id, kept);
      await nextTurn();
    }
    await keepCounts(workbench, project, redactor);
    await joinMessages(workbench, project, messages, releases);
    for (const problem of releases.problems) problems.add(problem);
    accepted += messages.length;
  }
  return { accepted, rejected, problems: [...problems] };
}

/** Gives spans that hold no answer the messages that came apart from them; with its answer a call is observed. */
export async function joinMessages(
  workbench: Stores,
  project: Project,
  spans: readonly SpanKey[],
  releases: SpanReleases,
): Promise<void> {
  const { traces, spanMessages } = workbench.stores;
  const bySpan = Map.groupBy(await spanMessages.of(project.id, spans), ({ traceId, spanId }) => `${traceId}/${spanId}`);
  for (const messages of bySpan.values()) {
    await joinTo(messages);
    await nextTurn();
  }

  async function joinTo(messages: readonly SpanMessage[]): Promise<void> {
    const [first] = messages;
    const span = first === undefined ? null : await traces.span(project.id, first);
    if (span === null || span.type !== 'model_call' || span.output.length > 0) return;
    const said = modelCallOf({ attributes: span.attributes, events: messages.map(({ event }) => event) });
    const completed = {
      ...span,
      input: said.input.length > 0 ? said.input : span.input,
      output: said.output,
      finishReason: span.finishReason ?? said.finishReason,
    };
    await observeSpan(workbench, project, completed, await releases.of(span));
    await traces.setMessages(project.id, completed);
  }
}
