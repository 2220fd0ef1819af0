import classes from './breakdown.module.css';

/** The interval from 0 to 100 %, with the rate as a mark; the figures beside it say the same. */
export function RateScale({
  rates: { passRate, interval },
}: {
  rates: { passRate: number | null; interval: readonly [number, number] | null };
}) {
  if (passRate === null || interval === null) return null;
  const [lo, hi] = interval;
  return (
    <span className={classes.scale} aria-hidden>
      <span className={classes.span} style={{ left: `${lo * 100}%`, width: `${(hi - lo) * 100}%` }} />
      <span className={classes.mark} style={{ left: `${passRate * 100}%` }} />
    </span>
  );
}
