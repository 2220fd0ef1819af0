import { InvalidArgumentError } from 'commander';
import type { RunId } from '../domain/ids.ts';
import type { ErrorLimit } from '../domain/run.ts';

/** Readers of what is typed after an option; commander puts the option's name in front of their message. */

/** A whole number within bounds. */
export function integerWithin(least: number, most: number) {
  return (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** A number within bounds. */
export function numberWithin(least: number, most: number) {
  return (text: string): number => {
    const value = decimal(text);
    if (!(value >= least && value <= most)) {
      const bounds = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`Write a number ${bounds}.`);
    }
    return value;
  };
}

/** A share of the whole, such as `0.8` or `80%`. */
export function parseRate(text: string): number {
  const value = text.endsWith('%') ? decimal(text.slice(0, -1)) / 100 : decimal(text);
  if (!(value >= 0 && value <= 1))
    throw new InvalidArgumentError('Write a rate from 0 to 1, or a percentage: 0.8 or 80%.');
  return value;
}

/** A whole number is a count of results (`1`, `20`); with a point or a percent sign it is a rate (`0.05`, `5%`). */
export function parseErrorLimit(text: string): ErrorLimit {
  if (/^\d+$/.test(text)) return { type: 'count', value: Number(text) };
  const value = text.endsWith('%') ? decimal(text.slice(0, -1)) / 100 : decimal(text);
  if (!(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('Write a number of results, such as 20, or a rate, such as 0.05 or 5%.');
  }
  return { type: 'rate', value };
}

/** A day, such as `2026-11-30`. */
export function parseDay(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('Write a day, such as 2026-11-30.');
  return text;
}

/** The number of a run, as `runs list` shows it. */
export function parseRunId(text: string): RunId {
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new InvalidArgumentError('Write the number of a run, such as 12; "whetstone runs list" shows them.');
  }
  return Number(text) as RunId;
}

/** The same for each of several. */
export const parseMoreRunIds = (text: string, before: readonly RunId[] = []): RunId[] => [...before, parseRunId(text)];

/** `NAME`, `NAME@3` or `NAME@production`. */
export type PromptReference = { name: string } & (
  | { type: 'newest' }
  | { type: 'version'; number: number }
  | { type: 'label'; label: string }
);

/** Reads `NAME[@VERSION|@LABEL]`; a name may hold an @ itself where what follows is given too. */
export function parsePromptReference(text: string): PromptReference {
  const at = text.lastIndexOf('@');
  const name = (at === -1 ? text : text.slice(0, at)).trim();
  const suffix = at === -1 ? null : text.slice(at + 1).trim();
  if (name === '' || suffix === '') {
    throw new InvalidArgumentError(
      'Write NAME, NAME@VERSION or NAME@LABEL, such as classify, classify@3 or classify@production.',
    );
  }
  if (suffix === null) return { name, type: 'newest' };
  const number = /^v?([1-9]\d*)$/.exec(suffix)?.[1];
  return number === undefined
    ? { name, type: 'label', label: suffix }
    : { name, type: 'version', number: Number(number) };
}

/** A label, such as `production`; it can't be taken for a version's number. */
export function parseLabel(text: string): string {
  if (!/^(?!v?\d+$)[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u.test(text)) {
    throw new InvalidArgumentError('Write letters, digits and hyphens that are no version number, such as production.');
  }
  return text;
}

/** One character, or `tab`. */
export function parseDelimiter(text: string): string {
  if (text === 'tab' || text === '\\t') return '\t';
  if (!/^[^"\r\n]$/.test(text)) throw new InvalidArgumentError('Write one character, such as ";" or "|", or tab.');
  return text;
}

/** NaN where the text is no plain decimal number: `Number` would take the empty text, hexadecimal and more. */
const decimal = (text: string): number => (/^(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN);
