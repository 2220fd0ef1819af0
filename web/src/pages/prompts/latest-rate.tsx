import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { StandInBadge } from '../../components/stand-in-badge.tsx';
import classes from './latest-rate.module.css';
import type { PromptVersion } from './prompt-version.ts';
import { useStandIns } from './use-stand-ins.ts';

/** How a version did on its newest run over dev: a link to that run, and what answered in it. */
export function LatestRate({ project, run }: { project: string; run: PromptVersion['latestRun'] }) {
  const { t } = useTranslation('prompts');
  const isStandIn = useStandIns(project);
  if (run === null) return <span className="dim nowrap">{t('notRun')}</span>;
  return (
    <div className={classes.root}>
      <AnchorLink
        to="/projects/$project/runs/$run"
        params={{ project, run: String(run.id) }}
        inherit
        title={t('openRun', { run: run.id })}
      >
        <RateWithInterval {...run} />
      </AnchorLink>
      <span className={classes.model}>
        <span className="dim mono">{run.model}</span>
        {isStandIn(run.model) && <StandInBadge />}
        {!run.onNewestSet && <span className="dim">{t('olderSet')}</span>}
      </span>
    </div>
  );
}
