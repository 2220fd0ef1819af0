import { Badge, Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { CommentSign } from '../../components/comment-sign.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime, Duration, Money } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { JudgeMarks } from '../../components/judge-mark.tsx';
import { ModelName } from '../../components/model-name.tsx';
import { RateWithInterval } from '../../components/rate-with-interval.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import classes from './compare.module.css';
import { OutcomeLink } from './outcome-link.tsx';
import results from './results.module.css';
import { RunKeeping } from './run-keeping.tsx';
import { RunLink, SetLink, VersionLink } from './run-links.tsx';

type Props = {
  runs: readonly Run[];
  knownTags: readonly string[];
  chosen: readonly number[];
  onChoose: (run: number, on: boolean) => void;
  maxHeight: string | undefined;
  onEnd: (() => void) | undefined;
  onSort: () => void;
};

const column = columnsOf<Run>();
const PHONE = '(max-width: 48em)';

/** The runs with everything that they are judged by; up to six can be chosen to be compared. On a phone a run's facts stand below one another. */
export function RunsTable({ runs, knownTags, chosen, onChoose, ...list }: Props) {
  const { t } = useTranslation('runs');
  const navigate = useNavigate();
  const choice = useChoiceColumn(chosen, onChoose);
  const about = useAboutColumns();
  const figures = useFigureColumns();
  const edit = useEditColumn(knownTags);
  const stacked = useStackedColumn();
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false }) === true;
  const columns = useMemo(
    () => (phone ? column.columns([choice, stacked, edit]) : column.columns([choice, ...about, ...figures, edit])),
    [choice, about, figures, edit, stacked, phone],
  );
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      data={runs}
      rowKey={({ id }) => String(id)}
      {...list}
      onOpen={({ project, id }) =>
        navigate({ to: '/projects/$project/runs/$run', params: { project, run: String(id) } })
      }
    />
  );
}

function useChoiceColumn(chosen: Props['chosen'], onChoose: Props['onChoose']) {
  const { t } = useTranslation('runs');
  return useMemo(
    () =>
      column.display({
        id: 'choice',
        header: t('list.compareColumn'),
        cell: ({ row: { original: run } }) => (
          <Checkbox
            size="xs"
            aria-label={t('list.choose', { run: run.id })}
            checked={chosen.includes(run.id)}
            onChange={(event) => onChoose(run.id, event.currentTarget.checked)}
          />
        ),
      }),
    [chosen, onChoose, t],
  );
}

function useAboutColumns() {
  const { t } = useTranslation('runs');
  return useMemo(
    () =>
      column.columns([
        column.accessor('id', {
          header: t('run'),
          cell: ({ row: { original: run } }) => (
            <span className="nowrap">
              <Head run={run} />
            </span>
          ),
        }),
        column.accessor(({ prompt, version }) => `${prompt}@${version}`, {
          id: 'version',
          header: t('version'),
          cell: ({ row: { original } }) => (
            <>
              <VersionLink run={original} />
              <br />
              <ModelName {...original} stacked />
            </>
          ),
        }),
        column.accessor(({ set, setVersion, split }) => `${set}@${setVersion} ${split}`, {
          id: 'set',
          header: t('setAndCases'),
          cell: ({ row: { original } }) => (
            <span className="nowrap">
              <SetLink run={original} />
              <br />
              <span className="dim">{t(`common:split.${original.split}`)}</span>
            </span>
          ),
        }),
        column.accessor(({ tags, note }) => `${tags.join(' ')} ${note}`, {
          id: 'tags',
          header: t('runList:tagsAndNote'),
          cell: ({ row: { original } }) => <TagsAndNote run={original} />,
        }),
      ]),
    [t],
  );
}

/** Number, status, and when it was started or how far it is. */
function Head({ run }: { run: Run }) {
  return (
    <>
      <RunLink run={run} /> <StatusBadge status={run.status} reason={run.statusReason} />
      <br />
      <span className="dim">
        {run.done < run.total ? (
          `${formatNumber(run.done)}/${formatNumber(run.total)}`
        ) : (
          <DateTime at={run.createdAt} />
        )}{' '}
        <CommentSign id={String(run.id)} />
      </span>
    </>
  );
}

function useStackedColumn() {
  const { t } = useTranslation('runs');
  return useMemo(
    () =>
      column.accessor('id', {
        id: 'stacked',
        header: t('run'),
        meta: { fill: true },
        cell: ({ row: { original: run } }) => (
          <div className={classes.stacked}>
            <div>
              <Head run={run} />
            </div>
            <div>
              <VersionLink run={run} /> <ModelName {...run} stacked />
            </div>
            <div>
              <SetLink run={run} /> <span className="dim">{t(`common:split.${run.split}`)}</span>
            </div>
            <div>
              <RunRate run={run} />
            </div>
            {run.noAnswer + run.errors > 0 && (
              <div>
                {t('noAnswer')} <OutcomeLink run={run} outcome="no_answer" count={run.noAnswer} /> · {t('errors')}{' '}
                <OutcomeLink run={run} outcome="error" count={run.errors} />
              </div>
            )}
            <TagsAndNote run={run} />
          </div>
        ),
      }),
    [t],
  );
}

function TagsAndNote({ run: { tags, note, archivedAt } }: { run: Run }) {
  const { t } = useTranslation('runList');
  return (
    <div className={classes.kept}>
      {archivedAt !== null && <ToneBadge tone="plain" icon={Archive} text={t('archivedMark')} />}
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="default" tt="none">
          {tag}
        </Badge>
      ))}
      {note !== '' && (
        <span className={results.clamped} title={note}>
          {note}
        </span>
      )}
    </div>
  );
}

function useFigureColumns() {
  const { t } = useTranslation('runs');
  return useMemo(
    () =>
      column.columns([
        column.accessor((run) => run.passRate ?? undefined, {
          id: 'rate',
          header: t('passRate'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => <RunRate run={run} />,
        }),
        column.accessor('noAnswer', {
          header: t('noAnswer'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => <OutcomeLink run={run} outcome="no_answer" count={run.noAnswer} />,
        }),
        column.accessor('errors', {
          header: t('errors'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => <OutcomeLink run={run} outcome="error" count={run.errors} />,
        }),
        column.accessor(({ costUsd }) => costUsd ?? undefined, {
          id: 'cost',
          header: t('runList:costAndTokens'),
          meta: { numeric: true },
          cell: ({ row: { original: run } }) => (
            <>
              <Money usd={run.costUsd} />
              <br />
              <span
                className="dim"
                title={t('common:tokensTitle', { input: run.inputTokens, output: run.outputTokens })}
              >
                {t('runList:tokens', { tokens: formatNumber(run.inputTokens + run.outputTokens) })}
              </span>
            </>
          ),
        }),
        column.accessor('wallMs', {
          header: t('time'),
          meta: { numeric: true },
          cell: ({ getValue }) => <Duration ms={getValue()} />,
        }),
      ]),
    [t],
  );
}

function useEditColumn(knownTags: readonly string[]) {
  const { t } = useTranslation('runList');
  return useMemo(
    () =>
      column.display({
        id: 'edit',
        header: t('actions'),
        cell: ({ row: { original } }) => <RunKeeping run={original} knownTags={knownTags} />,
      }),
    [knownTags, t],
  );
}

/** A run's rate; while it executes it is one of what is there so far. */
function RunRate({ run }: { run: Run }) {
  const { t } = useTranslation('runs');
  return (
    <>
      <RateWithInterval {...run} />
      {isUnderWay(run) && run.passRate !== null && <span className="dim"> {t('soFar')}</span>}
      {run.judges.length > 0 && (
        <div>
          <JudgeMarks judges={run.judges} />
        </div>
      )}
    </>
  );
}
