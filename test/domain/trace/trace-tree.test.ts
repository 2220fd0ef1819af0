import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceTree } from '../../../server/domain/trace/trace-tree.ts';

const node = (spanId: string, parentSpanId: string | null, startUs: number) => ({ spanId, parentSpanId, startUs });
const shape = (spans: Parameters<typeof traceTree>[0]) =>
  traceTree(spans).map(({ span, depth, detached }) => `${'.'.repeat(depth)}${span.spanId}${detached ? '?' : ''}`);

it('places children under their parents, siblings by their start, whatever the order they came in', () => {
  const spans = [node('c', 'a', 30), node('d', 'b', 25), node('a', null, 10), node('b', 'a', 20)];
  expect(shape(spans)).toEqual(['a', '.b', '..d', '.c']);
  expect(shape(spans.toReversed())).toEqual(shape(spans));
});

it('takes a span whose parent is not there for a root until it comes', () => {
  const spans = [node('b', 'a', 20), node('c', 'b', 30)];
  expect(shape(spans)).toEqual(['b?', '.c']);
  expect(shape([...spans, node('a', null, 10)])).toEqual(['a', '.b', '..c']);
});

it('holds each span once, even where parents go round in a circle', () => {
  expect(shape([node('a', 'b', 1), node('b', 'a', 2), node('c', 'c', 3)])).toEqual(['a?', '.b', 'c?']);
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const spans = fc.uniqueArray(fc.record({ spanId: id, parentSpanId: fc.option(id), startUs: fc.nat(9) }), {
    selector: ({ spanId }) => spanId,
  });
  fc.assert(
    fc.property(spans, (given) => {
      const placed = traceTree(given);
      expect(placed.map(({ span }) => span.spanId).toSorted()).toEqual(given.map(({ spanId }) => spanId).toSorted());
      // A child comes after its parent, one deeper.
      for (const [index, { span, depth, detached }] of placed.entries()) {
        if (depth === 0) continue;
        expect(detached).toBe(false);
        const parent = placed.findIndex((one) => one.span.spanId === span.parentSpanId);
        expect(parent).toBeLessThan(index);
        expect(placed[parent]?.depth).toBe(depth - 1);
      }
    }),
  );
});
