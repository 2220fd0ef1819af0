import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatInterval, formatMoney, formatNumber, formatPercent } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { type Run, useRuns } from '../../components/use-runs.ts';
import { answers, baselineOf, isGainFromFormat } from './baseline.ts';
import { Hint } from './hint.tsx';
import classes from './run-rates.module.css';

type Rates = Pick<Run, 'n' | 'passRate' | 'interval'>;

/** What the run says: the rate and how sure it is, beside the target, dev and holdout apart, and what it is to be compared with. */
export function RunRates({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const { dev, holdout } = run.bySplit;
  return (
    <Paper component="section" aria-labelledby="rates">
      <Stack gap="xs">
        <Title order={2} id="rates">
          {t('passRate')}
        </Title>
        {dev !== undefined && holdout !== undefined ? (
          <>
            <RateLine run={run} name={t('common:split.dev')} rates={dev} split="dev" />
            <RateLine run={run} name={t('common:split.holdout')} rates={holdout} split="holdout" />
            <RateLine run={run} name={t('common:split.all')} rates={run} />
          </>
        ) : (
          <RateLine run={run} name={t(`common:split.${run.split}`)} rates={run} />
        )}
        <EndedEarly run={run} />
        <HoldoutLook run={run} />
        <Baseline run={run} />
      </Stack>
    </Paper>
  );
}

type LineProps = { run: Run; name: string; rates: Rates; split?: 'dev' | 'holdout' };

function RateLine({ run, name, rates, split }: LineProps) {
  const { t } = useTranslation('runs');
  return (
    <Group gap="0 16px" className={classes.line}>
      <AnchorLink
        to="/projects/$project/runs/$run"
        params={{ project: run.project, run: String(run.id) }}
        search={{ outcome: 'all', split }}
        className={classes.name}
        inherit
      >
        {name}
      </AnchorLink>
      <span className={classes.rate}>
        {rates.passRate !== null && rates.interval === null ? (
          <>
            <strong>{formatPercent(rates.passRate)}</strong> <span className="dim">{t('intervalLater')}</span>
          </>
        ) : (
          <RateWithInterval {...rates} />
        )}
      </span>
      <Target project={run.project} rates={rates} />
    </Group>
  );
}

/** That the run may end, or ended, before all cases were asked, and what follows for its interval. */
function EndedEarly({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const { stopAtRate } = run.settings;
  if (stopAtRate === null) return null;
  const ended = run.status === 'completed' && run.done < run.total;
  const left = run.total - run.done;
  const perCall = run.costUsd === null || run.done === 0 ? null : run.costUsd / run.done;
  return (
    <Text size="sm" c="dimmed">
      {ended
        ? t('early.ended', { rate: stopAtRate, done: formatNumber(run.done), total: formatNumber(run.total) })
        : t('early.may', { rate: stopAtRate })}{' '}
      {ended && perCall !== null && perCall > 0 && t('early.saved', { cost: formatMoney(perCall * left) })}{' '}
      {t('early.interval')}
    </Text>
  );
}

/** Which look at the holdout cases the run was, and what may be claimed at it. */
function HoldoutLook({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  if (run.holdout === null) return null;
  const { look, confidence, interval } = run.holdout;
  return (
    <Text size="sm" c="dimmed">
      {look === 1
        ? t('look.first')
        : t('look.later', { look, confidence, interval: interval === null ? '' : formatInterval(interval) })}
    </Text>
  );
}

/** Where the interval lies to the scope's target. */
function Target({ project, rates }: { project: string; rates: Rates }) {
  const { t } = useTranslation('runs');
  const target = useApi('GET /api/projects/:project', { params: { project } }).data?.scope?.targetPassRate ?? null;
  if (target === null || rates.interval === null) return null;
  const [lo, hi] = rates.interval;
  const where = lo >= target ? 'above' : hi < target ? 'below' : 'around';
  return (
    <Text size="sm" c="dimmed">
      {t(`target.${where}`, { target })}
    </Text>
  );
}

/** The way to the comparison with the run before it, with a warning where a gain is none of judgement. */
function Baseline({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  const { prompt, set, split, id } = run;
  const earlier = useRuns(run.project, { prompt, set, split, status: 'completed', after: id });
  const before = baselineOf(run, earlier.data?.runs ?? []);
  if (before === undefined || run.passRate === null) return null;
  const values = {
    before: answers(before),
    passedBefore: before.passed,
    after: answers(run),
    passedAfter: run.passed,
    noneBefore: before.noAnswer,
    noneAfter: run.noAnswer,
    run: before.id,
  };
  return (
    <Stack gap={4}>
      <Text size="sm">
        {t('baseline.before', { run: before.id, version: `${before.prompt}@${before.version}` })}{' '}
        <RateWithInterval {...before} />{' '}
        <AnchorLink
          to="/projects/$project/compare/$a/$b"
          params={{ project: run.project, a: String(before.id), b: String(run.id) }}
          inherit
          underline="always"
        >
          {t('baseline.compare')}
        </AnchorLink>
      </Text>
      {isGainFromFormat(before, run) && <Hint>{t('baseline.format', values)}</Hint>}
    </Stack>
  );
}
