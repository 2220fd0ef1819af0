import { formatPoints } from './format.ts';

type Props = { difference: number; interval: readonly [number, number] };

/** A difference of two rates in points with its 95% interval, "+4.0 [-1.2, +9.1]". */
export const DifferenceWithInterval = ({ difference, interval: [lo, hi] }: Props) => (
  <span className="nowrap">
    <strong>{formatPoints(difference)}</strong>{' '}
    <span className="dim">
      [{formatPoints(lo)}, {formatPoints(hi)}]
    </span>
  </span>
);
