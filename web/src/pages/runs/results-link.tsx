import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunSearch } from '../../app/routes/run-search.ts';
import { AnchorLink } from '../../components/link.tsx';
import type { Run } from '../../components/use-runs.ts';

type Props = {
  run: Pick<Run, 'id' | 'project'>;
  /** Which results it leads to, further down the page. */
  filter: Omit<RunSearch, 'result' | 'part'>;
  /** How many there are; a nought leads nowhere. */
  count?: number;
  label?: string;
  children: ReactNode;
};

/** The way to the results behind a number, on the page of their run. */
export function ResultsLink({ run, filter, count, label, children }: Props) {
  const { part } = useSearch({ strict: false });
  if (count === 0) return <span className="dim">0</span>;
  return (
    <AnchorLink
      to="/projects/$project/runs/$run"
      params={{ project: run.project, run: String(run.id) }}
      search={{ outcome: 'all', ...filter, part }}
      hash="results"
      aria-label={label}
      inherit
      underline="always"
    >
      {children}
    </AnchorLink>
  );
}
