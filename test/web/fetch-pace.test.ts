import { describe, expect, it } from 'vitest';
import { paceOf, type Sample, withSample } from '../../web/src/components/fetch-pace.ts';

const samplesOf = (...given: [at: number, bytes: number][]) =>
  given.reduce<readonly Sample[]>((samples, [at, bytes]) => withSample(samples, { at, bytes }), []);

describe('the pace of a fetch', () => {
  it('is not known before something has come', () => {
    expect(paceOf([], 100)).toBeNull();
    expect(paceOf(samplesOf([0, 10]), 100)).toBeNull();
    expect(paceOf(samplesOf([0, 10], [1_000, 10]), 100)).toBeNull();
  });

  it('says how fast it comes and how long the rest takes', () => {
    expect(paceOf(samplesOf([0, 10], [1_000, 20], [2_000, 50]), 100)).toEqual({ bytesPerSecond: 20, msLeft: 2_500 });
  });

  it('follows a line that slows down, because only the last ten seconds count', () => {
    const samples = samplesOf([0, 0], [1_000, 900], [11_000, 910], [12_000, 920]);
    expect(paceOf(samples, 1_000)).toEqual({ bytesPerSecond: 10, msLeft: 8_000 });
  });

  it('begins anew with a fetch that begins anew', () => {
    expect(samplesOf([0, 50], [1_000, 60], [2_000, 5])).toEqual([{ at: 2_000, bytes: 5 }]);
  });

  it('counts what was read twice at one instant once', () => {
    expect(samplesOf([0, 50], [0, 50])).toEqual([{ at: 0, bytes: 50 }]);
  });
});
