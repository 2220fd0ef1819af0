import { Fragment } from 'react';
import { formatMoney } from '../../components/format.ts';
import classes from './costs.module.css';
import type { PlannedModel } from './plan.ts';

type Props = { models: readonly PlannedModel[]; limit: number | null; label: string };

/** A bar a model for 1,000 calls, from 0; grey where it is ruled out, with a line at the scope's limit where that is within the picture. */
export function CostBars({ models, limit, label }: Props) {
  const most = Math.max(...models.map(({ cost }) => cost?.per1000 ?? 0));
  const share = (usd: number) => `${most === 0 ? 0 : (100 * usd) / most}%`;
  return (
    <div className={classes.bars} role="img" aria-label={label}>
      {models.map(({ reference, cost, allowed, aboveBudget }) => (
        <Fragment key={reference}>
          <span className={classes.name} title={reference}>
            {reference}
          </span>
          <div className={classes.track}>
            <div
              className={classes.bar}
              style={{ width: share(cost?.per1000 ?? 0) }}
              data-out={!allowed || aboveBudget === true}
            />
            {limit !== null && limit <= most && <div className={classes.limit} style={{ left: share(limit) }} />}
          </div>
          <span className={classes.value}>{formatMoney(cost?.per1000 ?? null)}</span>
        </Fragment>
      ))}
    </div>
  );
}
