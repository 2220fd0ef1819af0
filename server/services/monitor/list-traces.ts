import { missing } from '../../domain/errors.ts';
import type { ObservationId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { RecordedSpan, SpanContent, Trace } from '../../domain/trace/recorded-span.ts';
import type { SpanEvent } from '../../domain/trace/span.ts';
import { traceTree } from '../../domain/trace/trace-tree.ts';
import type { TraceFilter } from '../../storage/trace-store.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
export type TraceView = Omit<Trace, 'startUs'> & { startedAt: string };
export type SpanView = Omit<RecordedSpan, 'traceId' | 'startUs'> & {
  /** After the trace began. */
  startMs: number;
  depth: number;
  detached: boolean;
};
export type SpanContentView = Omit<SpanContent, 'events'> & {
  spanId: string;
  events: (Omit<SpanEvent, 'atUs'> & { startMs: number })[];
  observation: ObservationId | null;
};

/** Spans of a trace that are shown; nobody reads further, and a page holds no more. */
const MOST_SHOWN = 5_000;

/** Newest first. */
export async function listTraces({ stores }: Stores, project: Project, filter: TraceFilter): Promise<TraceView[]> {
  return (await stores.traces.list(project.id, filter)).map(traceView);
}

export async function traceSummary({ stores }: Stores, project: Project) {
  const { oldestUs, ...summary } = await stores.traces.summary(project.id);
  return { ...summary, oldestAt: oldestUs === null ? null : instantOf(oldestUs) };
}

/** Its spans as a tree, from the roots down. Throws `trace_missing`. */
export async function showTrace(
  workbench: Stores,
  project: Project,
  traceId: string,
): Promise<{ trace: TraceView; spans: SpanView[] }> {
  const trace = await findTrace(workbench, project, traceId);
  const spans = await workbench.stores.traces.spans(project.id, traceId, MOST_SHOWN);
  const placed = traceTree(spans).map(({ span: { traceId: _, startUs, ...span }, depth, detached }) => ({
    ...span,
    startMs: sinceStart(trace, startUs),
    depth,
    detached,
  }));
  return { trace: traceView(trace), spans: placed };
}

/** Throws `trace_missing`, `span_missing`. */
export async function showSpan(
  workbench: Stores,
  project: Project,
  key: { traceId: string; spanId: string },
): Promise<SpanContentView> {
  const { stores } = workbench;
  const trace = await findTrace(workbench, project, key.traceId);
  const span = await stores.traces.span(project.id, key);
  if (span === null) throw missing('span_missing', `The trace ${key.traceId} has no span ${key.spanId}.`);
  const { spanId, servedModel, finishReason, input, output, attributes, events } = span;
  return {
    spanId,
    servedModel,
    finishReason,
    input,
    output,
    attributes,
    events: events.map(({ atUs, ...event }) => ({ ...event, startMs: sinceStart(trace, atUs) })),
    observation: (await stores.observations.ofSpan(project.id, key))?.id ?? null,
  };
}

async function findTrace({ stores }: Stores, project: Project, traceId: string): Promise<Trace> {
  const trace = await stores.traces.get(project.id, traceId);
  if (trace !== null) return trace;
  throw missing(
    'trace_missing',
    `${project.name} has no trace ${traceId}. It may have been deleted for its age; what was observed of it stays.`,
  );
}

const traceView = ({ startUs, ...trace }: Trace): TraceView => ({ ...trace, startedAt: instantOf(startUs) });
const instantOf = (us: number): string => new Date(us / 1000).toISOString();
const sinceStart = ({ startUs }: Trace, us: number): number => (us - startUs) / 1000;
