import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { latestOnly } from '../../server/http/latest-only.ts';

describe('latestOnly', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('hands over the first at once and the newest when its time has come', () => {
    const seen: number[] = [];
    const throttle = latestOnly<number>(250, (value) => seen.push(value));
    throttle.push(1);
    throttle.push(2);
    throttle.push(3);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(249);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([1, 3]);
  });

  it('keeps handing over under a steady flow, where a debounce would be silent', () => {
    const seen: number[] = [];
    const throttle = latestOnly<number>(250, (value) => seen.push(value));
    for (let at = 0; at < 1000; at += 10) {
      throttle.push(at);
      vi.advanceTimersByTime(10);
    }
    vi.runAllTimers();
    expect(seen).toHaveLength(5);
    expect(seen.at(-1)).toBe(990);
  });

  it('hands over at once again after a quiet time', () => {
    const seen: number[] = [];
    const throttle = latestOnly<number>(250, (value) => seen.push(value));
    throttle.push(1);
    vi.advanceTimersByTime(1000);
    throttle.push(2);
    expect(seen).toEqual([1, 2]);
  });

  it('drops what waits when it is stopped', () => {
    const seen: number[] = [];
    const throttle = latestOnly<number>(250, (value) => seen.push(value));
    throttle.push(1);
    throttle.push(2);
    throttle.stop();
    vi.runAllTimers();
    expect(seen).toEqual([1]);
  });
});
