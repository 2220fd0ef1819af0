import { type Header, type Row, type SortingState, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import classes from './data-table.module.css';
import { type Columns, tableFeaturesUsed as features } from './table-columns.ts';
import { TablePages } from './table-pages.tsx';

type Features = typeof features;
type Props<Data extends object> = {
  /** What the table holds, for screen readers. */
  label: string;
  columns: Columns<Data>;
  data: readonly Data[];
  rowKey: (row: Data) => string;
  /** Opens a row, by click or Enter; then the arrow keys go from row to row. */
  onOpen?: (row: Data) => void;
  /** Key of the row that is open beside the table. */
  openKey?: string | null;
  sorting?: SortingState;
  /** Height from which the table scrolls within itself; long tables always do. */
  maxHeight?: string | number;
  /** With `maxHeight`: called when the last row comes near to being seen, and again with more rows. */
  onEnd?: () => void;
  /** With it, a table of more rows is read in pages, sorted as a whole. */
  pageSize?: number;
  /** Called when a person sorts: rows that are not there yet would be missing, and an address may say it. */
  onSort?: (sorting: SortingState) => void;
};

/** More rows than this are drawn only where they are seen. */
const LONG = 120;
const ROW_HEIGHT = 34;
const SORTS = { asc: 'ascending', desc: 'descending' } as const;

/** A table of any length: columns sort by their headers, wide ones scroll within their box, rows are reached by the arrow keys. */
export function DataTable<Data extends object>(props: Props<Data>) {
  const {
    label,
    columns,
    data,
    rowKey,
    onOpen,
    openKey,
    sorting: first = [],
    maxHeight,
    pageSize,
    onEnd,
    onSort,
  } = props;
  const [sorting, setSorting] = useState<SortingState>(first);
  const box = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns,
    data,
    state: { sorting },
    onSortingChange: (change) => {
      const next = typeof change === 'function' ? change(sorting) : change;
      setSorting(next);
      onSort?.(next);
    },
    getRowId: rowKey,
    defaultColumn: { sortUndefined: 'last' },
  });
  const all = table.getRowModel().rows;
  const pages = pageSize === undefined ? 1 : Math.ceil(all.length / pageSize);
  const [asked, setAsked] = useState(1);
  const page = Math.min(asked, Math.max(1, pages));
  const before = pageSize === undefined ? 0 : (page - 1) * pageSize;
  const rows = pageSize === undefined ? all : all.slice(before, before + pageSize);
  const long = rows.length > LONG;
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: long,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is opened is brought into view once; after that the person scrolls
  useEffect(() => {
    const index = openKey == null ? -1 : rows.findIndex(({ id }) => id === openKey);
    if (index < 0) return;
    if (long) virtualizer.scrollToIndex(index);
    else box.current?.querySelector('tr[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [openKey]);
  const seen = virtualizer.getVirtualItems();
  const shown = long
    ? seen.flatMap(({ index }) => rows.slice(index, index + 1).map((row) => ({ row, index })))
    : rows.map((row, index) => ({ row, index }));
  const above = long ? (seen[0]?.start ?? 0) : 0;
  const below = long ? virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0) : 0;
  const height = long ? (maxHeight ?? '70vh') : maxHeight;

  return (
    <>
      {/* biome-ignore lint/a11y: a box that scrolls must be reached by the keyboard, and is neither a landmark nor a fieldset */}
      <div ref={box} role="group" aria-label={label} tabIndex={0} className={classes.box} style={{ maxHeight: height }}>
        <table className={classes.table} aria-label={label} aria-rowcount={all.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <HeaderCell key={header.id} header={header}>
                    <table.FlexRender header={header} />
                  </HeaderCell>
                ))}
              </tr>
            ))}
          </thead>
          <tbody onKeyDown={goByArrows}>
            <Gap height={above} />
            {shown.map(({ row, index }) => (
              <tr
                key={row.id}
                ref={long ? virtualizer.measureElement : undefined}
                data-index={index}
                aria-rowindex={before + index + 2}
                aria-current={openKey === row.id ? true : undefined}
                {...openers(row, onOpen)}
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    data-numeric={cell.column.columnDef.meta?.numeric}
                    data-fill={cell.column.columnDef.meta?.fill}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
            <Gap height={below} />
          </tbody>
        </table>
        {onEnd !== undefined && <End key={rows.length} onSeen={onEnd} />}
      </div>
      {pages > 1 && <TablePages label={label} page={page} pages={pages} onPage={setAsked} />}
    </>
  );
}

/** How far from being seen the end may be. */
const NEAR = '600px';

/** Stands below the last row. */
function End({ onSeen }: { onSeen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (mark.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && onSeen(),
      { rootMargin: NEAR, root: mark.current.parentElement },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return <div ref={mark} className={classes.end} />;
}

/** Stands for the rows that are not drawn. */
const Gap = ({ height }: { height: number }) =>
  height > 0 && (
    <tr aria-hidden>
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );

function HeaderCell<Data extends object>({
  header,
  children,
}: {
  header: Header<Features, Data>;
  children: React.ReactNode;
}) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const Icon = sorted === false ? ArrowUpDown : sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      data-numeric={column.columnDef.meta?.numeric}
      aria-sort={sorted === false ? undefined : SORTS[sorted]}
    >
      {column.getCanSort() ? (
        <button type="button" className={classes.sort} onClick={column.getToggleSortingHandler()}>
          {children}
          <Icon size={12} aria-hidden data-sorted={sorted !== false} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

/** What makes a row one that opens; a click on a link or button within it is not meant for the row. */
function openers<Data extends object>(row: Row<Features, Data>, onOpen: ((row: Data) => void) | undefined) {
  if (onOpen === undefined) return {};
  const open = (event: MouseEvent | KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label, select') !== null) return;
    onOpen(row.original);
  };
  return {
    tabIndex: 0,
    className: classes.opens,
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && open(event),
  };
}

function goByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.target instanceof Element ? event.target.closest('tr[tabindex]') : null;
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  if (!(next instanceof HTMLElement) || next.tabIndex < 0) return;
  event.preventDefault();
  next.focus();
}
