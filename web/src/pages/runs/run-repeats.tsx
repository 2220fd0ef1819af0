import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { BoxedTable } from '../../components/boxed-table.tsx';
import { formatInterval, formatNumber, formatPercent } from '../../components/format.ts';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import classes from './breakdown.module.css';
import { RateScale } from './rate-scale.tsx';
import { ResultsLink } from './results-link.tsx';

const WHILE_RUNNING_MS = 10_000;
type Repeats = Answer<'GET /api/runs/:run/repeats'>;
type Rate = Repeats['rates'][number]['passAtK'];

/** What repeats say of a run: pass@k, pass^k and flaky cases; and its pass rate over groups of cases that belong together. Nothing where there are neither. */
export function RunRepeats({ run }: { run: Run }) {
  const { data } = useApi(
    'GET /api/runs/:run/repeats',
    { params: { run: run.id } },
    { refetchInterval: isUnderWay(run) ? WHILE_RUNNING_MS : false },
  );
  if (data === undefined) return null;
  return (
    <>
      <Groups groups={data.groups} />
      <Repeated run={run} repeats={data} />
    </>
  );
}

function Groups({ groups }: Pick<Repeats, 'groups'>) {
  const { t } = useTranslation('results');
  if (groups === null) return null;
  const { value, interval } = groups.passRate;
  return (
    <Paper component="section" aria-labelledby="case-groups">
      <Stack gap="xs">
        <Title order={2} id="case-groups">
          {t('repeats.groupsTitle')}
        </Title>
        <Text>
          {t('repeats.groups', {
            cases: formatNumber(groups.cases),
            groups: formatNumber(groups.groups),
            rate: formatPercent(value),
            interval: formatInterval(interval),
          })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('repeats.groupsWhy')}
        </Text>
      </Stack>
    </Paper>
  );
}

function Repeated({ run, repeats: { rates, flaky, flakyCases } }: { run: Run; repeats: Repeats }) {
  const { t } = useTranslation('results');
  const few = rates.at(-1)?.tooFew ?? 0;
  if (rates.length === 0 || flaky === null) return null;
  return (
    <Paper component="section" aria-labelledby="repeats">
      <Stack gap="xs">
        <Title order={2} id="repeats">
          {t('repeats.title')}
        </Title>
        <BoxedTable label={t('repeats.table')} className={classes.table}>
          <thead>
            <tr>
              <th scope="col">k</th>
              <th scope="col">{t('repeats.passAtK')}</th>
              <th scope="col">{t('repeats.passHatK')}</th>
            </tr>
          </thead>
          <tbody>
            {rates.map(({ k, n, passAtK, passHatK }) => (
              <tr key={k}>
                <th scope="row">{k}</th>
                <td>
                  <RateCell rate={passAtK} n={n} />
                </td>
                <td>
                  <RateCell rate={passHatK} n={n} />
                </td>
              </tr>
            ))}
          </tbody>
        </BoxedTable>
        <Text>
          {flaky.count === 0 ? (
            t('repeats.noneFlaky', { n: flaky.n })
          ) : (
            <ResultsLink run={run} filter={{ flaky: true }}>
              {t('repeats.flaky', {
                count: flaky.count,
                n: formatNumber(flaky.n),
                share: formatPercent(flaky.share),
                interval: formatInterval(flaky.interval),
              })}
            </ResultsLink>
          )}
        </Text>
        {flakyCases.length > 0 && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {flakyCases.map(({ caseKey, passed, repeats }, index) => (
              <span key={caseKey}>
                {index > 0 && ' · '}
                <span className="mono">{caseKey}</span> {passed}/{repeats}
              </span>
            ))}
            {flaky.count > flakyCases.length && ' …'}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {few > 0 && `${t('repeats.tooFew', { count: few, k: rates.length })} `}
          {t('repeats.why')}
        </Text>
      </Stack>
    </Paper>
  );
}

function RateCell({ rate, n }: { rate: Rate; n: number }) {
  const rates = { passRate: rate?.value ?? null, interval: rate?.interval ?? null, n };
  return (
    <>
      <RateScale rates={rates} />
      <RateWithInterval {...rates} />
    </>
  );
}
