import { useTranslation } from 'react-i18next';
import { formatInterval, formatPercent } from './format.ts';
import classes from './rate-with-interval.module.css';

type Props = { passRate: number | null; interval: readonly [number, number] | null; n: number };

/** A pass rate as it may be shown: with its 95% interval and n, "84.0% [71.5–91.7] n=50". Null where nothing was judged. */
export function RateWithInterval({ passRate, interval, n }: Props) {
  const { t } = useTranslation();
  if (passRate === null || interval === null) return <span className="dim">{t('rate.none')}</span>;
  return (
    <span className={classes.root} title={t('rate.title', { n })}>
      <strong className={classes.rate}>{formatPercent(passRate)}</strong>{' '}
      <span className={classes.interval}>{formatInterval(interval)}</span> <span className={classes.n}>n={n}</span>
    </span>
  );
}
