import { VisuallyHidden } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleCheck, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import { ResultPanel } from './result-panel.tsx';
import classes from './results.module.css';
import type { ResultTab } from './results.tsx';
import { ResultsTable } from './results-table.tsx';
import { type ResultFilter, useResultPages } from './use-result-pages.ts';

type Props = {
  run: Run;
  tab: ResultTab;
  filter: ResultFilter;
  /** How many match, once that is known. */
  total: number | undefined;
};
const ROUTE = '/projects/$project/runs/$run';
/** Rows that stand there until it is known how many there are. */
const AWAITED = 8;

/** The results that match, and beside them the one that is open. */
export function ResultList({ run, tab, filter, total }: Props) {
  const { t } = useTranslation('runs');
  const { result: openId } = useSearch({ from: ROUTE });
  const { project } = useParams({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const pages = useResultPages(run.id, filter, { live: isUnderWay(run), total });
  const { count = AWAITED, rowAt, readRow } = pages;
  const [index, setPlace] = usePlace(run, filter, openId, pages.indexOf);
  const open = (id: number | undefined) =>
    void navigate({
      search: (before) => ({ ...before, result: id }),
      resetScroll: false,
      replace: openId !== undefined && id !== undefined,
    });
  const goTo = async (at: number) => {
    const row = rowAt(at) ?? (await readRow(at));
    if (row === undefined) return;
    setPlace({ id: row.id, index: at });
    open(row.id);
  };
  if (pages.error !== null && pages.count === undefined) return <ErrorAlert error={pages.error} retry={pages.retry} />;
  const inList = index !== undefined && index.id === openId;
  // Where it is in the list no more, the one after it has come to its place.
  const next = index === undefined ? undefined : inList ? index.index + 1 : index.index;
  const previous = index === undefined || index.index === 0 ? undefined : index.index - 1;
  return (
    <div className={classes.sides} data-open={openId !== undefined}>
      <VisuallyHidden role="status">
        {pages.count !== undefined && t('results.matching', { count: pages.count })}
      </VisuallyHidden>
      <div className={classes.list}>
        {pages.error !== null && <ErrorAlert error={pages.error} retry={pages.retry} />}
        {pages.count === 0 ? (
          <Nothing run={run} tab={tab} filter={filter} />
        ) : (
          <ResultsTable
            count={count}
            rowAt={rowAt}
            sure={pages.sure}
            narrow={openId !== undefined}
            openId={openId}
            openIndex={inList ? index.index : undefined}
            onOpen={goTo}
            onDrawn={pages.see}
          />
        )}
      </div>
      {openId !== undefined && (
        <ResultPanel
          project={project}
          run={run}
          id={openId}
          row={inList ? rowAt(index.index) : undefined}
          position={inList ? t('panel.position', { index: index.index + 1, count }) : ''}
          neighbours={[previous, next].map((at) => (at === undefined ? undefined : rowAt(at)?.id))}
          onPrevious={previous === undefined ? undefined : () => goTo(previous)}
          onNext={next === undefined || next >= count ? undefined : () => goTo(next)}
          onOpen={open}
        />
      )}
    </div>
  );
}

type Placed = { id: number; index: number };

/** Where in the list the open result is: as it is drawn, as it was gone to, else as the server says; at last where the one before was. */
function usePlace(
  run: Run,
  filter: ResultFilter,
  id: number | undefined,
  indexOf: (id: number) => number | undefined,
): [Placed | undefined, (place: Placed) => void] {
  const [before, setPlace] = useState<Placed>();
  const drawn = id === undefined ? undefined : indexOf(id);
  const known = drawn ?? (before?.id === id ? before?.index : undefined);
  const { data } = useApi(
    'GET /api/runs/:run/result-place',
    { params: { run: run.id }, query: { ...filter, result: id ?? 0 } },
    { enabled: id !== undefined && known === undefined },
  );
  const index = known ?? data?.place ?? undefined;
  if (id === undefined || index === undefined) return [before, setPlace];
  if (before?.id !== id || before.index !== index) setPlace({ id, index });
  return [{ id, index }, setPlace];
}

function Nothing({ run, tab, filter: { outcome: _, ...filter } }: Omit<Props, 'total'>) {
  const { t } = useTranslation('runs');
  if (Object.values(filter).some((value) => value !== undefined)) {
    return <EmptyState icon={SearchX} title={t('results.noMatch')} />;
  }
  if (isUnderWay(run)) return <EmptyState icon={CircleCheck} title={t('results.notYet')} />;
  return <EmptyState icon={CircleCheck} title={t(`results.none.${tab}`)} />;
}
