import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonObject } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import type { Span } from '../../domain/trace/span.ts';
import type { SentSpans } from '../../formats/otlp.ts';
import type { NewSpan } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';
import { namedProject } from './named-project.ts';
import { observeSpan } from './observe-span.ts';
import { joinMessages, type TraceReport } from './record-messages.ts';
import { recordedSpan } from './recorded-span.ts';
import { keepCounts, redactorFor } from './redaction.ts';
import { spanReleases } from './span-releases.ts';

/** Spans that are stored at once, and those that are looked at before others get their turn: a request brings thousands. */
const SLICE = 256;
const TURN = 8;

type Needed = Pick<Workbench, 'stores' | 'providers' | 'prices'>;

/**
 * Stores spans in the projects they name (`project`, else the program's attribute `whetstone.project` or `service.name`), and each call of a model that has
 * an answer as an observation. A span that is sent again counts once. What can't be taken is counted and said, never thrown.
 */
export async function recordTraces(
  workbench: Needed,
  sent: readonly SentSpans[],
  project: string | null,
): Promise<TraceReport> {
  const problems = new Set<string>();
  let [accepted, rejected] = [0, 0];
  for (const { resource, spans, unreadable } of sent) {
    for (const problem of unreadable) problems.add(problem);
    rejected += unreadable.length;
    const found = await namedProject(workbench, project, resource);
    if (typeof found === 'string') {
      if (spans.length > 0) problems.add(found);
      rejected += spans.length;
      continue;
    }
    for (const problem of await recordIn(workbench, found, { resource, spans })) problems.add(problem);
    accepted += spans.length;
  }
  return { accepted, rejected, problems: [...problems] };
}

/** Gives what is wrong with the releases that the spans name. */
async function recordIn(
  workbench: Needed,
  project: Project,
  { resource, spans }: { resource: JsonObject; spans: readonly Span[] },
): Promise<Set<string>> {
  const service = typeof resource['service.name'] === 'string' ? resource['service.name'] : '';
  const releases = spanReleases(workbench, project, resource);
  const fresh = await freshSpans(workbench, project, spans);
  // A value has the same number in all of a trace, and what was found is counted once a request.
  const redactors = new Map<string, Awaited<ReturnType<typeof redactorFor>>>();
  const recorded: NewSpan[] = [];
  for (let from = 0; from < fresh.length; from += SLICE) {
    const slice: NewSpan[] = [];
    for (const span of fresh.slice(from, from + SLICE)) {
      const redactor = redactors.get(span.traceId) ?? (await redactorFor(workbench, project));
      redactors.set(span.traceId, redactor);
      const release = await releases.of(span);
      const stored = await recordedSpan(workbench, span, { service, redactor, release });
      // Before the span: where this ends in between, the sender's next try observes the same call, and stores its span.
      await observeSpan(workbench, project, stored, release);
      slice.push(stored);
      if (slice.length % TURN === 0) await nextTurn();
    }
    await workbench.stores.traces.add(project.id, slice);
    await nextTurn();
    recorded.push(...slice);
  }
  await joinMessages(workbench, project, recorded, releases);
  for (const redactor of redactors.values()) await keepCounts(workbench, project, redactor);
  return releases.problems;
}

/** Each span that is not stored yet, once. */
async function freshSpans({ stores }: Needed, project: Project, spans: readonly Span[]): Promise<Span[]> {
  const keyOf = ({ traceId, spanId }: Pick<Span, 'traceId' | 'spanId'>) => `${traceId}/${spanId}`;
  const known = new Set((await stores.traces.known(project.id, spans)).map(keyOf));
  const fresh = new Map(spans.map((span) => [keyOf(span), span]));
  return [...fresh].flatMap(([key, span]) => (known.has(key) ? [] : [span]));
}
