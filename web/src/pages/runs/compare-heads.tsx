import { ActionIcon, Group } from '@mantine/core';
import { Flag, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Duration, Money, Tokens } from '../../components/figures.tsx';
import { formatPercent } from '../../components/format.ts';
import { JudgeMarks } from '../../components/judge-mark.tsx';
import { ModelName } from '../../components/model-name.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './compare.module.css';
import { type Compared, letterOf } from './compare-reading.ts';
import { OutcomeLink } from './outcome-link.tsx';
import { RunLink, SetLink, VersionLink } from './run-links.tsx';
import { useCompare } from './use-comparison.ts';

/** The runs beside each other, what they are and what they took. */
export function CompareHeads({ compared: { runs } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const rows: [name: string, cell: (run: Run) => ReactNode][] = [
    [t('version'), (run) => <VersionLink run={run} />],
    [t('common:model.label'), (run) => <ModelName {...run} stacked />],
    [t('set'), (run) => <SetLink run={run} />],
    [t('splitLabel'), (run) => t(`common:split.${run.split}`)],
    [
      t('passRate'),
      (run) => (
        <>
          <RateWithInterval {...run} /> <JudgeMarks judges={run.judges} />
        </>
      ),
    ],
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
    <section className={classes.box} aria-label={t('compare:heads')} tabIndex={0}>
      <table className={classes.heads} data-stacks>
        <thead>
          <tr>
            <th scope="col">{t('compare.measure')}</th>
            {runs.map((run, index) => (
              <th key={run.id} scope="col">
                <Head runs={runs} run={run} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {runs.map((run, index) => (
                <td key={run.id} data-letter={letterOf(index)}>
                  {cell(run)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A run's letter, and with several what to do with it: take it for the baseline, or take it out. */
function Head({ runs, run, index }: { runs: readonly Run[]; run: Run; index: number }) {
  const { t } = useTranslation('compare');
  const compare = useCompare();
  const others = runs.filter(({ id }) => id !== run.id).map(({ id }) => id);
  return (
    <Group gap={6} wrap="nowrap">
      {letterOf(index)} <RunLink run={run} />
      {run.status !== 'completed' && <StatusBadge status={run.status} reason={run.statusReason} />}
      {runs.length > 2 && (
        <>
          {index === 0 ? (
            <span className="dim">{t('baseline')}</span>
          ) : (
            <Small label={t('asBaseline', { run: run.id })} onClick={() => compare([run.id, ...others])}>
              <Flag size={13} aria-hidden />
            </Small>
          )}
          <Small label={t('takeOut', { run: run.id })} onClick={() => compare(others)}>
            <X size={13} aria-hidden />
          </Small>
        </>
      )}
    </Group>
  );
}

function Small({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
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
