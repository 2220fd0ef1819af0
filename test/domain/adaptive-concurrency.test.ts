import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveConcurrency } from '../../server/domain/adaptive-concurrency.ts';
import { backoffMs } from '../../server/domain/backoff.ts';

describe('AdaptiveConcurrency', () => {
  it('halves once for the calls that were refused together, and waits as long as asked', () => {
    const concurrency = new AdaptiveConcurrency(16);
    expect(concurrency.throttled(0, 100, 2000)).toBe(true);
    expect(concurrency.throttled(50, 101, 500)).toBe(false);
    expect(concurrency.limit).toBe(8);
    expect(concurrency.notBefore).toBe(2100);
    expect(concurrency.throttled(2200, 2300, null)).toBe(true);
    expect(concurrency.limit).toBe(4);
  });

  it('grows back by one for each limitful of successes, never above the most', () => {
    const concurrency = new AdaptiveConcurrency(4);
    concurrency.throttled(0, 1, null);
    for (let call = 0; call < 2; call++) concurrency.succeeded();
    expect(concurrency.limit).toBe(3);
    for (let call = 0; call < 100; call++) concurrency.succeeded();
    expect(concurrency.limit).toBe(4);
  });

  it('stays between 1 and the most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(fc.boolean()), (most, events) => {
        const concurrency = new AdaptiveConcurrency(most);
        events.forEach((success, at) => {
          if (success) concurrency.succeeded();
          else concurrency.throttled(at, at, null);
          expect(concurrency.limit).toBeGreaterThanOrEqual(1);
          expect(concurrency.limit).toBeLessThanOrEqual(most);
        });
      }),
    );
  });
});

describe('backoffMs', () => {
  it('doubles with jitter up to a ceiling', () => {
    expect(backoffMs(1, 0, null)).toBe(125);
    expect(backoffMs(1, 1, null)).toBe(250);
    expect(backoffMs(3, 0, null)).toBe(500);
    expect(backoffMs(30, 1, null)).toBe(20_000);
  });

  it('waits at least as long as the server asks', () => {
    expect(backoffMs(1, 0.5, 7000)).toBe(7000);
  });
});
