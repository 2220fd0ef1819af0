import { invalid } from '../../../server/domain/errors.ts';

/** A whole number range, both ends included. */
export type Range = { least: number; most: number };

const bound = /^(?<sign><=|>=|<|>)\s*(?<number>\d+)$/;
const between = /^(?<least>\d+)\s*(?:-|–|\.\.)\s*(?<most>\d+)$/;

/** Reads `<=100`, `>20`, `50-120` or `42`. Throws `scorer_argument_invalid`. */
export function readRange(scorer: string, args: string): Range {
  const text = args.trim();
  const one = bound.exec(text)?.groups;
  const two = between.exec(text)?.groups;
  const number = Number(one?.number);
  if (one?.sign === '<=') return { least: 0, most: number };
  if (one?.sign === '<') return { least: 0, most: number - 1 };
  if (one?.sign === '>=') return { least: number, most: Number.POSITIVE_INFINITY };
  if (one?.sign === '>') return { least: number + 1, most: Number.POSITIVE_INFINITY };
  if (two !== undefined && Number(two.least) <= Number(two.most))
    return { least: Number(two.least), most: Number(two.most) };
  if (/^\d+$/.test(text)) return { least: Number(text), most: Number(text) };
  throw invalid(
    'scorer_argument_invalid',
    `The scorer ${scorer} needs a range, such as ${scorer}:<=100, ${scorer}:>=20 or ${scorer}:50-120, not "${args}".`,
  );
}

/** A range in words: "at most 100". */
export function rangeInWords({ least, most }: Range): string {
  if (least === most) return `exactly ${least}`;
  if (most === Number.POSITIVE_INFINITY) return `at least ${least}`;
  return least === 0 ? `at most ${most}` : `${least} to ${most}`;
}
