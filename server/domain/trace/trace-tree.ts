import type { Span } from './span.ts';

type Node = Pick<Span, 'spanId' | 'parentSpanId' | 'startUs'>;
/** A span at its place. `detached`: it names a parent that is not there, which may still come. */
export type Placed<S> = { span: S; depth: number; detached: boolean };

/**
 * The spans of a trace from its roots down, siblings by their start. Every span is there once, even where parents are missing or go round in a circle.
 */
export function traceTree<S extends Node>(spans: readonly S[]): Placed<S>[] {
  const ordered = spans.toSorted((a, b) => a.startUs - b.startUs);
  const known = new Set(ordered.map(({ spanId }) => spanId));
  const isRoot = ({ parentSpanId }: S) => parentSpanId === null || !known.has(parentSpanId);
  const children = Map.groupBy(ordered, ({ parentSpanId }) => parentSpanId);
  const placed: Placed<S>[] = [];
  const seen = new Set<S>();
  const walk = (root: S) => {
    const open = [{ span: root, depth: 0, detached: root.parentSpanId !== null }];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at.span)) continue;
      seen.add(at.span);
      placed.push(at);
      const depth = at.depth + 1;
      const below = children.get(at.span.spanId) ?? [];
      open.push(...below.toReversed().map((span) => ({ span, depth, detached: false })));
    }
  };
  for (const span of ordered.filter(isRoot)) walk(span);
  // What is left goes round in a circle: it begins with its earliest.
  for (const span of ordered) if (!seen.has(span)) walk(span);
  return placed;
}
