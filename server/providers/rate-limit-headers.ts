import type { ServerAllowance, ServerAllowances } from '../domain/request-pacer.ts';

/**
 * What a server says of its limits, in the headers that OpenAI named and others took over:
 * https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers. Null where it says nothing of either.
 */
export function serverAllowances(headers: Headers): ServerAllowances | null {
  const [requests, tokens] = [allowance(headers, 'requests'), allowance(headers, 'tokens')];
  return requests === null && tokens === null ? null : { requests, tokens };
}

function allowance(headers: Headers, kind: keyof ServerAllowances): ServerAllowance | null {
  const remaining = count(headers.get(`x-ratelimit-remaining-${kind}`));
  const resetMs = durationMs(headers.get(`x-ratelimit-reset-${kind}`));
  if (remaining === null || resetMs === null || resetMs > LONGEST_MS) return null;
  return { limit: count(headers.get(`x-ratelimit-limit-${kind}`)), remaining, resetMs };
}

/** No limit is counted over more than a day: what is longer is an instant, as some servers write it, and says no duration. */
const LONGEST_MS = 86_400_000;

const count = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text.trim()) ? Number(text) : null;

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration as `1m30s`, `6ms` or `1.5s`, or in seconds without a unit. Null where it is none of them. */
export function durationMs(text: string | null): number | null {
  const trimmed = text?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (!/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(trimmed)) return null;
  const parts = trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}
