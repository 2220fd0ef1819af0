import { Paper, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import tableClasses from './observations-table.module.css';
import classes from './trends.module.css';
import { REFRESH_MS } from './use-observations.ts';

type Failed = Answer<'GET /api/projects/:project/failed-calls'>;
type Release = Failed['releases'][number];
type Call = Failed['newest'][number];
type NameOf = (release: number | null) => string;
type Props = { project: string; days: number; release: number | undefined; nameOf: NameOf };

const releaseColumn = columnsOf<Release>();
const callColumn = columnsOf<Call>();

/** The share of the calls that failed, by release and kind: a failed call is no wrong answer, and in no pass rate. */
export function FailedCalls({ project, days, release, nameOf }: Props) {
  const { t } = useTranslation('failedCalls');
  const query = useApi(
    'GET /api/projects/:project/failed-calls',
    { params: { project }, query: { days, release } },
    { refetchInterval: REFRESH_MS, keepPrevious: true },
  );
  return (
    <Paper component="section" aria-labelledby="failed-calls">
      <Title order={2} id="failed-calls">
        {t('title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw={820}>
        {t('text')}
      </Text>
      <QueryState query={query} height={80}>
        {({ releases, newest }) => {
          const shown = releases.filter((one) => release === undefined || one.release === release);
          return shown.length === 0 ? (
            <Text c="dimmed">{t('monitor:chart.noCalls', { count: days })}</Text>
          ) : (
            <>
              <ReleaseTable releases={shown} nameOf={nameOf} />
              {newest.length > 0 && <NewestTable project={project} newest={newest} nameOf={nameOf} />}
            </>
          );
        }}
      </QueryState>
    </Paper>
  );
}

function ReleaseTable({ releases, nameOf }: { releases: readonly Release[]; nameOf: NameOf }) {
  const { t } = useTranslation('failedCalls');
  const columns = useMemo(
    () =>
      releaseColumn.columns([
        releaseColumn.accessor('release', {
          header: t('monitor:list.release'),
          cell: ({ getValue }) => <span className="nowrap">{nameOf(getValue())}</span>,
        }),
        releaseColumn.accessor('calls', {
          header: t('monitor:chart.calls'),
          meta: { numeric: true },
          cell: ({ getValue }) => formatNumber(getValue()),
        }),
        releaseColumn.accessor('failed', {
          header: t('failed'),
          meta: { numeric: true },
          cell: ({ getValue }) => formatNumber(getValue()),
        }),
        releaseColumn.accessor('rate', {
          header: t('share'),
          meta: { numeric: true },
          cell: ({ row: { original } }) => (
            <RateWithInterval passRate={original.rate} interval={original.interval} n={original.calls} />
          ),
        }),
        releaseColumn.accessor(
          ({ kinds }) =>
            kinds.map(({ failure, count }) => `${t(`kind.${failure}`)} ${formatNumber(count)}`).join(' · '),
          { id: 'kinds', header: t('kinds'), meta: { fill: true } },
        ),
      ]),
    [t, nameOf],
  );
  return (
    <DataTable
      label={t('byRelease')}
      columns={columns}
      data={releases}
      rowKey={({ release }) => String(release)}
      maxHeight={300}
    />
  );
}

function NewestTable({ project, newest, nameOf }: { project: string; newest: readonly Call[]; nameOf: NameOf }) {
  const { t } = useTranslation('failedCalls');
  const columns = useMemo(
    () =>
      callColumn.columns([
        callColumn.accessor('createdAt', {
          header: t('monitor:list.when'),
          cell: ({ getValue }) => <DateTime at={getValue()} />,
        }),
        callColumn.accessor(({ release }) => nameOf(release), {
          id: 'release',
          header: t('monitor:list.release'),
          cell: ({ getValue }) => <span className="nowrap">{getValue()}</span>,
        }),
        callColumn.accessor(({ failure }) => t(`kind.${failure}`), { id: 'kind', header: t('kindOne') }),
        callColumn.accessor('message', {
          header: t('message'),
          meta: { fill: true },
          cell: ({ getValue }) => <span className={tableClasses.cut}>{getValue()}</span>,
        }),
        callColumn.display({
          id: 'trace',
          header: t('trace'),
          cell: ({ row: { original: call } }) =>
            call.traceId !== null && (
              <AnchorLink
                to="/projects/$project/monitor/traces/$trace"
                params={{ project, trace: call.traceId }}
                aria-label={t('seeTrace', { id: call.id })}
                inherit
              >
                {t('see')}
              </AnchorLink>
            ),
        }),
      ]),
    [t, project, nameOf],
  );
  return (
    <details className={classes.table}>
      <summary>{t('newest', { count: newest.length })}</summary>
      <DataTable
        label={t('newest', { count: newest.length })}
        columns={columns}
        data={newest}
        rowKey={({ id }) => String(id)}
        maxHeight={360}
      />
    </details>
  );
}
