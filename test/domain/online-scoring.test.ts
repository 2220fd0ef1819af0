import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservationId, PromptId } from '../../server/domain/ids.ts';
import { isSampled, samplePlace } from '../../server/domain/online-scoring.ts';

const prompt = 3 as PromptId;
const ids = Array.from({ length: 20_000 }, (_, index) => (index + 1) as ObservationId);

describe('the sample of production calls', () => {
  it('is drawn by SHA-256 of the ids, so that anybody can draw it again', () => {
    const digest = createHash('sha256').update('"3:42"').digest('hex');
    expect(samplePlace(prompt, 42 as ObservationId)).toBe(Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52);
  });

  it('has the share that was asked for, within five standard errors, in every stretch of calls', () => {
    for (const share of [0.01, 0.1, 0.5, 0.9]) {
      for (const stretch of [ids, ids.slice(0, 5000), ids.filter((id) => id % 2 === 0)]) {
        const sampled = stretch.filter((id) => isSampled(prompt, id, share)).length;
        const error = Math.sqrt((share * (1 - share)) / stretch.length);
        expect(Math.abs(sampled / stretch.length - share)).toBeLessThan(5 * error);
      }
    }
  });

  it('holds every smaller sample, and all calls at the share 1', () => {
    const id = fc.integer({ min: 1, max: 2 ** 40 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(id, id, share, share, (of, one, a, b) => {
        const sampled = (at: number) => isSampled(of as PromptId, one as ObservationId, at);
        expect(sampled(1)).toBe(true);
        if (sampled(Math.min(a, b))) expect(sampled(Math.max(a, b))).toBe(true);
      }),
    );
  });

  it('differs from prompt to prompt', () => {
    const both = ids.filter((id) => isSampled(prompt, id, 0.5) && isSampled(4 as PromptId, id, 0.5)).length;
    expect(both / ids.length).toBeCloseTo(0.25, 1);
  });
});
