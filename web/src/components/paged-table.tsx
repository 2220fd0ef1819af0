import { ActionIcon, Group } from '@mantine/core';
import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, ArrowUpToLine } from 'lucide-react';
import { Fragment, type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './paged-table.module.css';
import { type PagedColumn, PagedRow, ROW_HEIGHT } from './paged-table-row.tsx';

type Props<Row> = {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly PagedColumn<Row>[];
  /** How many rows there are, read or not. */
  count: number;
  /** Undefined while it is being read. It must keep its identity as long as it says the same. */
  rowAt: (index: number) => Row | undefined;
  /** Changes with what is open; the table then shows it. */
  openKey: number | undefined;
  openIndex: number | undefined;
  onOpen: (index: number) => void;
  /** Told which rows are drawn, so that they can be read. */
  onDrawn: (first: number, last: number) => void;
  maxHeight: string;
};

const HEAD_HEIGHT = 33;
const WIDTH_OF_FILLING = 220;
const OVERSCAN = 8;

/**
 * A list of any length whose rows are read when they come near: each has the same height, so that nothing jumps, any place can be gone to at once, and
 * only the rows that are seen are there. One row is in the tab order; from it the arrow keys, Page Up and Down, Home and End go on.
 */
export function PagedTable<Row>(props: Props<Row>) {
  const { label, columns, count, rowAt, openKey, openIndex, onOpen, onDrawn, maxHeight } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const held = [Math.min(active, count - 1), ...(openIndex === undefined ? [] : [openIndex])];
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingEnd: HEAD_HEIGHT,
    // A row that has the focus must not vanish under it, nor the one to go back to.
    rangeExtractor: (range) => withRows(range, held),
    useFlushSync: false,
  });
  const opening = useRef(onOpen);
  useEffect(() => {
    opening.current = onOpen;
  });
  const openRow = useCallback((index: number) => opening.current(index), []);
  const goTo = useRowFocus(box, virtualizer, setActive, count);
  const shown = useRef<number>(undefined);
  useEffect(() => {
    if (openIndex === undefined || shown.current === openKey) return;
    // Once for each that is opened; after that the person scrolls.
    shown.current = openKey;
    virtualizer.scrollToIndex(openIndex);
  }, [openKey, openIndex, virtualizer]);
  const { startIndex: first, endIndex: last } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const [firstDrawn, lastDrawn] = [Math.max(0, first - OVERSCAN), last + OVERSCAN];
  useEffect(() => onDrawn(firstDrawn, lastDrawn), [firstDrawn, lastDrawn, onDrawn]);
  useEffect(() => {
    // Whoever comes by Tab starts at what is seen.
    if (!box.current?.contains(document.activeElement)) setActive(first);
  }, [first]);
  const width = columns.reduce((sum, column) => sum + (column.width ?? WIDTH_OF_FILLING), 0);
  let end = 0;
  return (
    <div>
      <div ref={box} className={classes.box} style={{ maxHeight }}>
        <table className={classes.table} style={{ minWidth: width }} aria-label={label} aria-rowcount={count + 1}>
          <colgroup>
            {columns.map(({ id, width }) => (
              <col key={id} style={{ width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1} style={{ height: HEAD_HEIGHT }}>
              {columns.map(({ id, header, numeric }) => (
                <th key={id} scope="col" data-numeric={numeric}>
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={goTo}>
            {virtualizer.getVirtualItems().map(({ index, start, end: itsEnd }) => {
              const gap = start - end;
              end = itsEnd;
              return (
                <Fragment key={index}>
                  <Gap height={gap} columns={columns.length} />
                  <PagedRow
                    row={rowAt(index)}
                    awaited={index >= firstDrawn && index <= lastDrawn && rowAt(index) === undefined}
                    index={index}
                    columns={columns}
                    open={index === openIndex}
                    reached={index === held[0]}
                    onOpen={openRow}
                    onReach={setActive}
                  />
                </Fragment>
              );
            })}
            <Gap height={virtualizer.getTotalSize() - end} columns={columns.length} />
          </tbody>
        </table>
      </div>
      <Place
        first={first}
        last={Math.min(last, count - 1)}
        count={count}
        go={(index) => virtualizer.scrollToIndex(index)}
      />
    </div>
  );
}

const withRows = (range: Range, rows: readonly number[]): number[] =>
  [...new Set([...defaultRangeExtractor(range), ...rows.filter((row) => row >= 0 && row < range.count)])].sort(
    (a, b) => a - b,
  );

/** Goes by a key from the row that has the focus to another one, however far it is. */
function useRowFocus(
  box: React.RefObject<HTMLDivElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  setActive: (index: number) => void,
  count: number,
): (event: KeyboardEvent) => void {
  const wanted = useRef<number>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = box.current?.querySelector(`tr[data-index="${wanted.current}"]`);
    if (!(row instanceof HTMLElement)) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  return (event) => {
    const row = event.target instanceof HTMLElement ? event.target.closest('tr[data-index]') : null;
    const from = row instanceof HTMLElement ? Number(row.dataset.index) : 0;
    const to = targetOf(event.key, from, count, (box.current?.clientHeight ?? 0) - HEAD_HEIGHT);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    wanted.current = to;
    setActive(to);
    virtualizer.scrollToIndex(to);
  };
}

function targetOf(key: string, from: number, count: number, height: number): number | null {
  const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
  const within = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return within(from + 1);
    case 'ArrowUp':
      return within(from - 1);
    case 'PageDown':
      return within(from + page);
    case 'PageUp':
      return within(from - page);
    case 'Home':
      return 0;
    case 'End':
      return within(count - 1);
    default:
      return null;
  }
}

/** Stands for the rows that are not drawn. */
const Gap = ({ height, columns }: { height: number; columns: number }): ReactNode =>
  height > 0 && (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );

type PlaceProps = { first: number; last: number; count: number; go: (index: number) => void };

/** Which rows of how many are seen, and the way to both ends. */
function Place({ first, last, count, go }: PlaceProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} justify="flex-end" className="dim" fz="xs" mt={4}>
      <span>{t('rows.seen', { first: first + 1, last: last + 1, count })}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('rows.toStart')}
        title={t('rows.toStart')}
        onClick={() => go(0)}
      >
        <ArrowUpToLine size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('rows.toEnd')}
        title={t('rows.toEnd')}
        onClick={() => go(count - 1)}
      >
        <ArrowDownToLine size={14} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
