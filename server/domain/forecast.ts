import { costOf, type Price } from './price.ts';

/** From the least to the most that is thought likely. */
export type Range = readonly [least: number, most: number];

/** What nothing here measures; a person may change each. */
export type ForecastAssumptions = {
  secondsPerLabel: Range;
  usdPerHour: Range;
  /** Cases that versions are tried on. */
  devCases: Range;
  versions: Range;
  minutesPerVersion: Range;
  /** Labels that a classifier learns from. */
  trainingLabels: Range;
  /** Hours to collect texts for them, to train, and to put the model where programs reach it. */
  trainingHours: Range;
};

export const usualAssumptions: ForecastAssumptions = {
  secondsPerLabel: [10, 30],
  usdPerHour: [30, 60],
  devCases: [30, 100],
  versions: [3, 10],
  minutesPerVersion: [15, 45],
  trainingLabels: [500, 2_000],
  trainingHours: [8, 40],
};

/** What is known: labelled cases that there are, those that the target takes, and a call. */
export type ForecastFacts = {
  dev: number;
  holdout: number;
  /** Null where it can't be told. */
  holdoutNeeded: number | null;
  call: ForecastCall | null;
};
/** Estimated from texts, or what calls did cost on average; then the spread of the estimate is left out. */
export type ForecastCall =
  | { type: 'estimated'; inputTokens: number; outputTokens: number; price: Price | null }
  | { type: 'measured'; usd: number };

/** What one way takes until it answers and is proven, and in use. Money in USD; null where a price is not known. */
export type WayForecast = {
  /** Still to be labelled. */
  labels: Range;
  hours: Range;
  personUsd: Range;
  calls: Range;
  callsUsd: Range | null;
  totalUsd: Range | null;
  usdPer1000Calls: Range | null;
};

/** Words tell tokens only roughly: a call may take so much less or more than was estimated. */
const tokenSpread: Range = [0.7, 1.5];

/**
 * What a prompt takes against a classifier that learns from labels. Both are proven on the same holdout cases.
 * Hours: labels × seconds, and versions × minutes or the hours for training. Calls: each version over the dev cases, and the holdout cases once.
 */
export function forecast(
  facts: ForecastFacts,
  assumed: ForecastAssumptions,
): { prompt: WayForecast; training: WayForecast } {
  const holdout = Math.max(0, (facts.holdoutNeeded ?? 0) - facts.holdout);
  const missing = (wanted: Range): Range => each(wanted, (cases) => Math.max(0, cases - facts.dev) + holdout);
  const hoursFor = (labels: Range) => each(times(labels, assumed.secondsPerLabel), (seconds) => seconds / 3_600);
  const devCases = each(assumed.devCases, (cases) => Math.max(facts.dev, cases));
  const calls = each(
    times(assumed.versions, devCases),
    (asked) => asked + Math.max(facts.holdout, facts.holdoutNeeded ?? 0),
  );
  const perCall = callCost(facts.call);
  const [promptLabels, trainingLabels] = [missing(assumed.devCases), missing(assumed.trainingLabels)];
  const writing = each(times(assumed.versions, assumed.minutesPerVersion), (minutes) => minutes / 60);
  return {
    prompt: wayOf(assumed, {
      labels: promptLabels,
      hours: plus(hoursFor(promptLabels), writing),
      calls,
      perCall,
    }),
    training: wayOf(assumed, {
      labels: trainingLabels,
      hours: plus(hoursFor(trainingLabels), assumed.trainingHours),
      calls: [0, 0],
      // It answers on a machine that is there anyway.
      perCall: [0, 0],
    }),
  };
}

type Way = { labels: Range; hours: Range; calls: Range; perCall: Range | null };

function wayOf({ usdPerHour }: ForecastAssumptions, { labels, hours, calls, perCall }: Way): WayForecast {
  const personUsd = times(hours, usdPerHour);
  const callsUsd = perCall && times(calls, perCall);
  return {
    labels: rounded(labels),
    hours: rounded(hours),
    personUsd: rounded(personUsd),
    calls: rounded(calls),
    callsUsd: callsUsd && rounded(callsUsd),
    totalUsd: callsUsd && rounded(plus(personUsd, callsUsd)),
    usdPer1000Calls: perCall && rounded(each(perCall, (usd) => 1_000 * usd)),
  };
}

function callCost(call: ForecastFacts['call']): Range | null {
  if (call === null) return null;
  if (call.type === 'measured') return [call.usd, call.usd];
  const usd = costOf(call.price, { ...call, cachedInputTokens: 0 });
  return usd === null ? null : each(tokenSpread, (factor) => factor * usd);
}

const each = ([least, most]: Range, change: (value: number) => number): Range => [change(least), change(most)];
const times = (a: Range, b: Range): Range => [a[0] * b[0], a[1] * b[1]];
const plus = (a: Range, b: Range): Range => [a[0] + b[0], a[1] + b[1]];

/** Two digits say all that such a range knows. */
const rounded = (range: Range): Range => each(range, (value) => Number(value.toPrecision(2)));
