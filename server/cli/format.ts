import type { Interval } from '../domain/statistics/interval.ts';

const number = new Intl.NumberFormat('en-US');
const smallUsd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

/** 12,345 */
export const formatCount = (count: number): string => number.format(count);

/** 84.0 % */
export const formatPercent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(1)} %`);

/** 98 MB */
export const formatMegabytes = (bytes: number): string => `${number.format(Math.round(bytes / 1e6))} MB`;

/** 71.5–91.7 % */
export const formatInterval = (interval: Interval | null): string =>
  interval === null ? '–' : `${(interval[0] * 100).toFixed(1)}–${(interval[1] * 100).toFixed(1)} %`;

/** A difference of two rates: +8.0 points. */
export const formatPoints = (difference: number): string => `${signed(difference)} points`;

/** −0.5 to +16.2 points */
export const formatPointsInterval = ([low, high]: Interval): string => `${signed(low)} to ${signed(high)} points`;

const signed = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`;

/** $0.0123; small amounts keep two digits that say something. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return 'unknown (no price for this model)';
  if (usd === 0) return '$0';
  return usd >= 0.1 ? `$${usd.toFixed(2)}` : smallUsd.format(usd);
}

/** 850 ms, 12.3 s, 3 min 5 s, 2 h 10 min */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** p-values as journals print them: p = .035, p < .001. */
export function formatPValue(p: number): string {
  if (p < 0.001) return 'p < .001';
  return p >= 0.9995 ? 'p = 1' : `p = ${p.toFixed(3).replace(/^0/, '')}`;
}

/** 2026-11-24 08:15 in local time. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
