import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import type { Span } from '../../domain/trace/span.ts';
import type { SentSpans } from '../../formats/otlp.ts';
import type { Workbench } from '../workbench.ts';
import { recordSpan } from './record-span.ts';
import { keepCounts, redactorFor } from './redaction.ts';
import { spanReleases } from './span-releases.ts';

type Needed = Pick<Workbench, 'stores' | 'providers' | 'prices'>;
/** What became of the spans of one request; each problem is said once. */
export type TraceReport = { accepted: number; rejected: number; problems: string[] };

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
    const found = await projectOf(workbench, [project, resource['whetstone.project'], resource['service.name']]);
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

/** The project that the first of the names says, or what to do about it. */
async function projectOf({ stores }: Needed, names: readonly (JsonValue | undefined)[]): Promise<Project | string> {
  const name = names.find((one) => typeof one === 'string' && one !== '');
  const project = typeof name === 'string' ? await stores.projects.find(name) : null;
  if (project !== null) return project;
  const remedy =
    'Name one by OTEL_SERVICE_NAME, by OTEL_RESOURCE_ATTRIBUTES=whetstone.project=NAME, or in the header x-whetstone-project.';
  return typeof name === 'string'
    ? `There is no project "${name.slice(0, 80)}". ${remedy}`
    : `No project is named. ${remedy}`;
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
  const recorded = [];
  for (const span of fresh) {
    const redactor = redactors.get(span.traceId) ?? (await redactorFor(workbench, project));
    redactors.set(span.traceId, redactor);
    recorded.push(await recordSpan(workbench, project, span, { service, redactor, release: await releases.of(span) }));
  }
  if (recorded.length > 0) await workbench.stores.traces.add(project.id, recorded);
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
