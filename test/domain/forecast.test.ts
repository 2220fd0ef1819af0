import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type ForecastAssumptions,
  type ForecastFacts,
  forecast,
  usualAssumptions,
} from '../../server/domain/forecast.ts';

const fixed: ForecastAssumptions = {
  secondsPerLabel: [36, 36],
  usdPerHour: [50, 50],
  devCases: [50, 50],
  versions: [4, 4],
  minutesPerVersion: [30, 30],
  trainingLabels: [1_000, 1_000],
  trainingHours: [10, 10],
};
const facts: ForecastFacts = {
  dev: 20,
  holdout: 10,
  holdoutNeeded: 100,
  call: { type: 'measured', usd: 0.001 },
};

it('is the sum of labels, writing and calls', () => {
  const { prompt, training } = forecast(facts, fixed);
  // 30 more dev and 90 more holdout cases at 36 s, four versions at half an hour; 4 × 50 + 100 calls.
  expect(prompt).toEqual({
    labels: [120, 120],
    hours: [3.2, 3.2],
    personUsd: [160, 160],
    calls: [300, 300],
    callsUsd: [0.3, 0.3],
    totalUsd: [160, 160],
    usdPer1000Calls: [1, 1],
  });
  // 980 more dev and 90 more holdout labels, ten hours.
  expect(training).toMatchObject({
    labels: [1_100, 1_100],
    hours: [21, 21],
    callsUsd: [0, 0],
    usdPer1000Calls: [0, 0],
  });
});

it('spreads a call that is only estimated, and names no cost where there is no price', () => {
  const price = { input: 1, cachedInput: null, output: 2 };
  const call = { type: 'estimated' as const, inputTokens: 1_000, outputTokens: 500, price };
  expect(forecast({ ...facts, call }, fixed).prompt.usdPer1000Calls).toEqual([1.4, 3]);
  const unknown = forecast({ ...facts, call: { ...call, price: null } }, fixed).prompt;
  expect(unknown).toMatchObject({ callsUsd: null, totalUsd: null, usdPer1000Calls: null, personUsd: [160, 160] });
  expect(forecast({ ...facts, call: null }, fixed).prompt.totalUsd).toBeNull();
});

it('goes from the least to the most, and takes more the more is missing', () => {
  const count = fc.integer({ min: 0, max: 5_000 });
  fc.assert(
    fc.property(count, count, count, (dev, holdout, holdoutNeeded) => {
      const some = { ...facts, dev, holdout, holdoutNeeded };
      const ways = forecast(some, usualAssumptions);
      for (const way of [ways.prompt, ways.training])
        for (const range of [way.labels, way.hours, way.personUsd, way.calls])
          expect(range[0]).toBeLessThanOrEqual(range[1]);
      const more = forecast({ ...some, holdoutNeeded: holdoutNeeded + 1_000 }, usualAssumptions);
      expect(more.prompt.labels[1]).toBeGreaterThanOrEqual(ways.prompt.labels[1]);
      expect(more.training.hours[0]).toBeGreaterThanOrEqual(ways.training.hours[0]);
    }),
  );
});
