import { casesToProve, chanceToProve, passesToProve, provableRate } from './statistics/target-proof.ts';

/** A share of the holdout cases that must pass: of all, or of those with a tag. */
export type Minimum = { tag: string | null; passRate: number };

export type SetSize = {
  tag: string | null;
  target: number;
  /** The true pass rate that is taken for granted, and the holdout cases that show the target at it; null beyond 100,000. */
  assumed: number;
  needed: number | null;
  /** The same at several true rates, and where the holdout was looked at twice before. */
  rates: { rate: number; first: number | null; third: number | null }[];
};

/** What the holdout cases that there are can show at the first look. */
export type PresentSize = {
  cases: number;
  /** So many of them have to pass; null where not even all would do. */
  passes: number | null;
  /** The chance that they show the target at the assumed true rate. */
  chance: number;
  /** The smallest true rate that they show with a chance of .8. */
  provable: number | null;
};

const usualMargin = 0.05;
/** True rates above the target, in points, for which the cases are listed. */
const margins = [0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15];

/** Five points above the target, or half of the way to 1 where that is nearer: no application passes always. */
export const assumedRate = (target: number, margin = usualMargin): number =>
  rounded(Math.max(0, Math.min(target + margin, (target + 1) / 2)));

/** How many holdout cases show that a minimum is reached. */
export function setSizeFor({ tag, passRate: target }: Minimum, assumed = assumedRate(target)): SetSize {
  const listed = [...margins.map((margin) => rounded(target + margin)).filter((rate) => rate < 1), assumed];
  const rates = [...new Set(listed)].sort((a, b) => a - b);
  return {
    tag,
    target,
    assumed,
    needed: casesToProve({ target, rate: assumed }),
    rates: rates.map((rate) => ({
      rate,
      first: casesToProve({ target, rate }),
      third: casesToProve({ target, rate, look: 3 }),
    })),
  };
}

export const presentSize = (cases: number, { target, assumed }: Pick<SetSize, 'target' | 'assumed'>): PresentSize => ({
  cases,
  passes: passesToProve({ n: cases, target }),
  chance: chanceToProve({ n: cases, target, rate: assumed }),
  provable: provableRate({ n: cases, target }),
});

/** .8 + .05 is .8500000000000001. */
const rounded = (rate: number): number => Number(rate.toPrecision(10));
