import { formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import type { Run } from '../../components/use-runs.ts';

type Props = {
  run: Pick<Run, 'id' | 'project'>;
  outcome: 'passed' | 'failed' | 'no_answer' | 'error' | 'all';
  count: number;
  split?: 'dev' | 'holdout';
};

/** A count of results as the way to them; a nought leads nowhere. */
export function OutcomeLink({ run, outcome, count, split }: Props) {
  if (count === 0) return <span className="dim">0</span>;
  return (
    <AnchorLink
      to="/projects/$project/runs/$run"
      params={{ project: run.project, run: String(run.id) }}
      search={{ outcome, split }}
      inherit
      underline="always"
    >
      {formatNumber(count)}
    </AnchorLink>
  );
}
