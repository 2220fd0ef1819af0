import { Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Duration, Money, Tokens } from '../../components/figures.tsx';
import { formatDuration, formatNumber, formatPercent } from '../../components/format.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import { OutcomeLink } from './outcome-link.tsx';
import { RunControls } from './run-controls.tsx';
import classes from './run-progress.module.css';
import type { Pace } from './use-live-run.ts';

/** Where a run stands and how it got there: what is done of it, what that took, and how to steer it. */
export function RunProgress({ run, pace }: { run: Run; pace: Pace | null }) {
  const { t } = useTranslation('runs');
  return (
    <Paper component="section" aria-label={t('progress.label')}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Group gap="xs">
            <StatusBadge status={run.status} reason={run.statusReason} />
            <span>
              {t('progress.done', { done: formatNumber(run.done), total: formatNumber(run.total) })}
              {pace?.remainingMs != null && (
                <span className="dim"> · {t('progress.left', { time: formatDuration(pace.remainingMs) })}</span>
              )}
            </span>
          </Group>
          <RunControls run={run} />
        </Group>
        {run.statusReason !== '' && (
          <Text size="sm" className={classes.reason}>
            {run.statusReason}
          </Text>
        )}
        <Bar run={run} />
        <Counts run={run} />
        <Group gap="4px 20px" className={classes.figures}>
          <Figure name={t('time')}>
            <Duration ms={run.wallMs} />
          </Figure>
          <Figure name={t('tokens')}>
            <Tokens input={run.inputTokens} output={run.outputTokens} />
          </Figure>
          <Figure name={t('cost')}>
            <Money usd={run.costUsd} />
          </Figure>
          {(run.settings.judgeModel !== null || run.judgingCostUsd !== 0) && (
            <Figure name={t('judgingCost')}>
              <Money usd={run.judgingCostUsd} />
            </Figure>
          )}
          <Figure name={t('fromCache')}>{formatNumber(run.cached)}</Figure>
          {run.settings.mode === 'live' && (
            <Figure name={t('latency')}>
              <Duration ms={run.latencyP50Ms} /> / <Duration ms={run.latencyP95Ms} />
            </Figure>
          )}
          {run.settings.mode === 'live' && pace !== null && (
            <Figure name={t('progress.concurrency')}>{formatNumber(pace.concurrency)}</Figure>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

const Figure = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <span>
    <span className="dim">{name}</span> {children}
  </span>
);

/** Done of total, by what became of it. */
function Bar({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const wrong = run.failed - run.noAnswer;
  const share = (count: number) => (run.total === 0 ? 0 : (count / run.total) * 100);
  return (
    <Progress.Root
      size={10}
      radius="sm"
      role="progressbar"
      aria-label={t('progress.label')}
      aria-valuemin={0}
      aria-valuemax={run.total}
      aria-valuenow={run.done}
      aria-valuetext={t('progress.done', { done: formatNumber(run.done), total: formatNumber(run.total) })}
    >
      {(
        [
          ['pass', run.passed],
          ['fail', wrong],
          ['none', run.noAnswer],
          ['error', run.errors],
        ] as const
      ).map(([tone, count]) => (
        <Progress.Section
          key={tone}
          value={share(count)}
          withAria={false}
          className={isUnderWay(run) ? undefined : classes.still}
          color={`var(--w-${tone})`}
        />
      ))}
    </Progress.Root>
  );
}

/** The same in numbers, each the way to its cases. */
function Counts({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const open = run.total - run.done;
  const judged = run.passed + run.failed;
  return (
    <ul className={classes.counts}>
      <li data-tone="pass">
        {t('common:outcome.passed')} <OutcomeLink run={run} outcome="passed" count={run.passed} />
      </li>
      <li data-tone="fail">
        {t('common:outcome.failed')} <OutcomeLink run={run} outcome="failed" count={run.failed} />
      </li>
      <li data-tone="none">
        {t('progress.ofThoseNoAnswer')} <OutcomeLink run={run} outcome="no_answer" count={run.noAnswer} />
        {judged > 0 && (
          <span className="dim">
            {' '}
            {t('progress.ofJudged', { n: judged, share: formatPercent(run.noAnswer / judged) })}
          </span>
        )}
      </li>
      <li data-tone="error">
        {t('errors')} <OutcomeLink run={run} outcome="error" count={run.errors} />
      </li>
      {open > 0 && (
        <li>
          {t('progress.open')} {formatNumber(open)}
        </li>
      )}
    </ul>
  );
}
