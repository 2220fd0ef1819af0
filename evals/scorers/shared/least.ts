import { invalid } from '../../../server/domain/errors.ts';
import type { Score } from '../../../server/domain/scorer.ts';
import { judged } from './score.ts';

/** Lets 0.1 + 0.2 reach 0.3. */
const ROUNDING = 1e-9;

/** Reads the least value that passes: `0.8` or `80%`. Throws `scorer_argument_invalid`, also for an empty one where none is `usual`. */
export function readLeast(name: string, args: string, usual?: number): number {
  const text = args.trim();
  if (text === '' && usual !== undefined) return usual;
  const [, digits, percent] = /^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text) ?? [];
  const least = digits === undefined ? Number.NaN : Number(digits) / (percent ? 100 : 1);
  if (least > 0 && least <= 1) return least;
  throw invalid(
    'scorer_argument_invalid',
    `The scorer ${name} takes the least value that passes, above 0 and at most 1, such as ${name}:0.8, not "${args}".`,
  );
}

/** A value between 0 and 1 that passes from `least` on. */
export const graded = (value: number, least: number, answer: string | null, explanation: string): Score => ({
  ...judged(value >= least - ROUNDING, answer, explanation),
  value,
});

/** A value as explanations show it. */
export const shown = (value: number): string => String(Math.round(value * 1000) / 1000);
