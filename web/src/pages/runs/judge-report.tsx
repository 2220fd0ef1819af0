import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { formatInterval, formatNumber, formatPercent } from '../../components/format.ts';
import { JudgeMark } from '../../components/judge-mark.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { QueryState } from '../../components/query-state.tsx';
import classes from './judge-review.module.css';
import type { Reviewed } from './judge-review.tsx';

type Report = Answer<'GET /api/runs/:run/judges/:judge/report'>;
type Estimate = Report['calibration']['kappa'];

/** How far the judge says what people say, what that makes of the run's rate, and the outputs they differ on. */
export function JudgeReport({ of: { project, run, judge } }: { of: Reviewed }) {
  const { t } = useTranslation('judges');
  const query = useApi('GET /api/runs/:run/judges/:judge/report', { params: { run, judge } });
  return (
    <QueryState query={query}>
      {(report) => (
        <>
          <Paper component="section" aria-labelledby="report">
            <Stack gap="sm">
              <Title order={2} id="report">
                {t('report')}
              </Title>
              <Group>
                <JudgeMark judge={report.standing} />
              </Group>
              <Rates report={report} />
              <Agreement report={report} />
              <Text size="sm" c="dimmed">
                {t('labelledBy', { count: report.calibration.labels, people: report.calibration.people.join(', ') })}{' '}
                {report.calibration.undecided > 0 && t('undecided', { count: report.calibration.undecided })}{' '}
                {t('startsOver')}
              </Text>
            </Stack>
          </Paper>
          <Disagreements report={report} project={project} />
        </>
      )}
    </QueryState>
  );
}

/** The judge's rate beside what people would have said. */
function Rates({ report: { standing, enoughLabels } }: { report: Report }) {
  const { t } = useTranslation('judges');
  const { passed, n, interval, corrected } = standing;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t('rate')}</th>
          <th>{t('figure')}</th>
          <th>{t('interval')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{t('judgesRate', { n })}</td>
          <td>{n === 0 ? '–' : formatPercent(passed / n)}</td>
          <td>{interval === null ? '–' : formatInterval(interval)}</td>
        </tr>
        <tr>
          <td>{t('correctedRate')}</td>
          {corrected.correctable ? (
            <>
              <td>
                <strong>{formatPercent(corrected.rate)}</strong>
              </td>
              <td>{formatInterval(corrected.interval)}</td>
            </>
          ) : (
            <td colSpan={2}>{t(`reasonLong.${corrected.reason}`, { enough: enoughLabels })}</td>
          )}
        </tr>
      </tbody>
    </table>
  );
}

function Agreement({ report: { calibration } }: { report: Report }) {
  const { t } = useTranslation('judges');
  const { agreement, kappa, sensitivity, specificity, betweenPeople, table } = calibration;
  const rows: [name: string, estimate: Estimate, format: 'share' | 'number'][] = [
    [t('agreement'), agreement, 'share'],
    [t('kappa'), kappa, 'number'],
    [t('sensitivity'), sensitivity, 'share'],
    [t('specificity'), specificity, 'share'],
    [t('betweenPeople'), betweenPeople, 'share'],
  ];
  return (
    <Group gap="48px" align="start">
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('measure')}</th>
            <th>{t('figure')}</th>
            <th>{t('interval')}</th>
            <th>n</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, estimate, format]) => (
            <tr key={name}>
              <td>{name}</td>
              <Figures estimate={estimate} format={format} />
            </tr>
          ))}
        </tbody>
      </table>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('table')}</th>
            <th>{t('personPassed')}</th>
            <th>{t('personFailed')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{t('judgePassed')}</td>
            <td>{table.bothPass}</td>
            <td>{table.judgeOnly}</td>
          </tr>
          <tr>
            <td>{t('judgeFailed')}</td>
            <td>{table.humanOnly}</td>
            <td>{table.bothFail}</td>
          </tr>
        </tbody>
      </table>
    </Group>
  );
}

function Figures({ estimate, format }: { estimate: Estimate; format: 'share' | 'number' }) {
  if (estimate === null) return <td colSpan={3}>–</td>;
  const { value, interval, n } = estimate;
  const [lo, hi] = interval;
  return (
    <>
      <td>{format === 'share' ? formatPercent(value) : formatNumber(value, 2)}</td>
      <td>{format === 'share' ? formatInterval(interval) : `[${formatNumber(lo, 2)} – ${formatNumber(hi, 2)}]`}</td>
      <td>{formatNumber(n)}</td>
    </>
  );
}

function Disagreements({ report: { disagreements }, project }: { report: Report; project: string }) {
  const { t } = useTranslation('judges');
  return (
    <Paper component="section" aria-labelledby="differing">
      <Stack gap="sm">
        <Title order={2} id="differing">
          {t('differing', { count: disagreements.length })}
        </Title>
        <ul className={classes.differing}>
          {disagreements.map(({ run, result, caseKey, output, judgePassed, explanation, people }) => (
            <li key={result}>
              <Stack gap={4}>
                <AnchorLink
                  to="/projects/$project/runs/$run"
                  params={{ project, run: String(run) }}
                  search={{ outcome: 'all', result }}
                  className="mono"
                >
                  {caseKey}
                </AnchorLink>
                <div className={`verbatim ${classes.scorer}`}>{output}</div>
                {people.map(({ author, passed, note }) => (
                  <Group key={author} gap="xs">
                    <span>{author}</span>
                    <OutcomeBadge outcome={passed ? 'passed' : 'failed'} />
                    <span className={classes.scorer}>{note}</span>
                  </Group>
                ))}
                <Group gap="xs" wrap="nowrap" align="start">
                  <span className="nowrap">{t('theJudge')}</span>
                  <OutcomeBadge outcome={judgePassed ? 'passed' : 'failed'} />
                  <span className={classes.scorer}>{explanation}</span>
                </Group>
              </Stack>
            </li>
          ))}
        </ul>
        {disagreements.length === 0 && <Text>{t('noneDiffer')}</Text>}
      </Stack>
    </Paper>
  );
}
