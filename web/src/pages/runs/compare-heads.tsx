import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Duration, Money, Tokens } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { ModelName } from '../../components/model-name.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './compare.module.css';
import type { Compared } from './compare-reading.ts';
import { OutcomeLink } from './outcome-link.tsx';
import { RunLink, SetLink, VersionLink } from './run-links.tsx';

/** Both runs beside each other, what they are and what they took. */
export function CompareHeads({ compared: { a, b } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const rows: [name: string, cell: (run: Run) => ReactNode][] = [
    [t('version'), (run) => <VersionLink run={run} />],
    [t('common:model.label'), (run) => <ModelName {...run} />],
    [t('set'), (run) => <SetLink run={run} />],
    [t('splitLabel'), (run) => t(`common:split.${run.split}`)],
    [t('passRate'), (run) => <RateWithInterval {...run} />],
    [t('noAnswer'), (run) => <NoAnswer run={run} />],
    [t('errors'), (run) => <OutcomeLink run={run} outcome="error" count={run.errors} />],
    [t('scorersLabel'), (run) => <span className="mono">{run.scorers.join(', ')}</span>],
    [t('tokens'), (run) => <Tokens input={run.inputTokens} output={run.outputTokens} />],
    [t('cost'), (run) => <Money usd={run.costUsd} />],
    [
      t('latency'),
      (run) => (
        <>
          <Duration ms={run.latencyP50Ms} /> / <Duration ms={run.latencyP95Ms} />
        </>
      ),
    ],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard
    <section className={classes.box} aria-label={t('compare.heads')} tabIndex={0}>
      <table className={classes.heads}>
        <thead>
          <tr>
            <th scope="col">{t('compare.measure')}</th>
            {(['A', 'B'] as const).map((side) => {
              const run = side === 'A' ? a : b;
              return (
                <th key={side} scope="col">
                  <Group gap={6} wrap="nowrap">
                    {side} <RunLink run={run} />
                    {run.status !== 'completed' && <StatusBadge status={run.status} reason={run.statusReason} />}
                  </Group>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{cell(a)}</td>
              <td>{cell(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function NoAnswer({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const judged = run.passed + run.failed;
  return (
    <>
      <OutcomeLink run={run} outcome="no_answer" count={run.noAnswer} />{' '}
      {judged > 0 && (
        <span className="dim">
          {t('progress.ofJudged', { n: judged, share: formatPercent(run.noAnswer / judged) })}
        </span>
      )}
    </>
  );
}
