import type { Interval } from '../../domain/statistics/interval.ts';
import type { ReportLanguage, ReportRun } from './report.ts';

/** Figures as a report of one language writes them. */
export class Figures {
  readonly #language: ReportLanguage;
  readonly #unknown: string;

  constructor(language: ReportLanguage, unknown: string) {
    this.#language = language;
    this.#unknown = unknown;
  }

  readonly count = (value: number): string => this.#format(value, {});
  readonly percent = (share: number | null): string =>
    share === null
      ? '–'
      : this.#format(share, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  readonly tick = (share: number): string => this.#format(share, { style: 'percent', maximumFractionDigits: 0 });
  readonly pointsTick = (share: number): string =>
    this.#format(share * 100, { signDisplay: 'exceptZero', maximumFractionDigits: 0 });
  readonly points = (share: number): string =>
    this.#format(share * 100, { signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  readonly pointsInterval = ([low, high]: Interval): string => `[${this.points(low)}, ${this.points(high)}]`;
  readonly interval = (interval: Interval | null): string =>
    interval === null ? '–' : `[${this.percent(interval[0])}, ${this.percent(interval[1])}]`;
  readonly usd = (usd: number | null): string =>
    usd === null
      ? this.#unknown
      : this.#format(usd, {
          style: 'currency',
          currency: 'USD',
          ...(usd !== 0 && usd < 0.1 ? { maximumSignificantDigits: 2 } : {}),
        });
  readonly ms = (ms: number | null): string => (ms === null ? '–' : `${this.#format(Math.round(ms), {})} ms`);
  readonly p = (p: number): string => (p < 0.001 ? '< .001' : p > 0.9995 ? '1' : p.toFixed(3).replace(/^0/, ''));
  /** With its zone: whoever reads the file may be elsewhere. */
  readonly instant = (at: string): string =>
    `${new Intl.DateTimeFormat(this.#language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))} UTC`;

  #format(value: number, options: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.#language, options).format(value);
  }
}

/** Characters that turn the direction of what follows, and those that can't be seen: with them a text can look like another one. */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Bidi_Control}\u200B\u2060\uFEFF]/gu;

/** A text with its unseen characters written out. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

export const versionOf = ({ prompt, version }: Pick<ReportRun, 'prompt' | 'version'>): string => `${prompt}@${version}`;
