import { languageNow } from '../app/language.ts';

const DASH = '–';
const cache = new Map<string, Intl.NumberFormat>();

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = languageNow() + JSON.stringify(options);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(languageNow(), options);
  cache.set(key, format);
  return format;
}

/** 1,234 */
export const formatNumber = (value: number, digits = 0): string =>
  numbers({ maximumFractionDigits: digits }).format(value);

/** 84.0 % for .84; the space keeps the sign apart as in a table. */
export function formatPercent(share: number, digits = 1): string {
  return numbers({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
}

/** Signed percentage points: +4.2 for .042. */
export const formatPoints = (difference: number): string =>
  numbers({ signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(difference * 100);

/** A 95% interval as [71.5–91.7], in percent; of a difference, which may be below 0, as [-4.2, 1.3]. */
export function formatInterval([lo, hi]: readonly [number, number]): string {
  const percent = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `[${percent.format(lo * 100)}${lo < 0 ? ', ' : DASH}${percent.format(hi * 100)}]`;
}

/** p as it is written in the field: .035, < .001. */
export function formatP(p: number): string {
  if (p < 0.001) return '< .001';
  if (p > 0.9995) return '= 1';
  return `= ${p.toFixed(3).replace(/^0/, '')}`;
}

/** US dollars with as many digits as a small sum needs: $12.30, $0.0012. Null is an unknown price: –. */
export function formatMoney(usd: number | null): string {
  if (usd === null) return DASH;
  const small = usd !== 0 && Math.abs(usd) < 0.1;
  const precision = small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return numbers({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...precision }).format(usd);
}

/** A price as it stands in a list, unrounded: $0.125, $2.00. Null is an unknown price: –. */
export const formatPrice = (usd: number | null): string =>
  usd === null
    ? DASH
    : numbers({
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 2,
        maximumFractionDigits: 6,
      }).format(usd);

/** 850ms, 3.2s, 4m 5s, 2h 3m. Null is not known: –. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return DASH;
  const unit = (value: number, name: string, digits = 0) =>
    numbers({ style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value);
  if (ms < 1_000) return unit(Math.round(ms), 'millisecond');
  if (ms < 60_000) return unit(ms / 1_000, 'second', 1);
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(seconds % 60, 'second')}`;
  return `${unit(Math.floor(seconds / 3_600), 'hour')} ${unit(Math.floor((seconds % 3_600) / 60), 'minute')}`;
}

/** 98 MB, 1.3 GB: thousands of thousands, as makers of files and of memory count. Unlike sizes are compared in one unit by `like`. */
export function formatBytes(bytes: number, like = bytes): string {
  const [unit, size] = like < 1e9 ? (['megabyte', 1e6] as const) : (['gigabyte', 1e9] as const);
  const value = bytes / size;
  const maximumFractionDigits = unit === 'gigabyte' || value < 1 ? 1 : 0;
  return numbers({ style: 'unit', unit, maximumFractionDigits }).format(value);
}

/** 135M, 1.5B: how many parameters. */
export const formatCompact = (value: number): string =>
  numbers({ notation: 'compact', maximumSignificantDigits: 3 }).format(value);

/** An instant in the reader's zone and language. */
export const formatDateTime = (instant: string): string =>
  new Intl.DateTimeFormat(languageNow(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago, in words: 5 minutes ago, yesterday. */
export function formatAgo(instant: string, now: number): string {
  const passed = new Date(instant).getTime() - now;
  const words = new Intl.RelativeTimeFormat(languageNow(), { numeric: 'auto' });
  const step = STEPS.find(([, ms]) => Math.abs(passed) >= ms);
  return step === undefined ? words.format(0, 'second') : words.format(Math.round(passed / step[1]), step[0]);
}
