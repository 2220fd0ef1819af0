import { type KeyboardEvent, type MouseEvent, memo, type ReactNode } from 'react';
import classes from './paged-table.module.css';

export type PagedColumn<Row> = {
  id: string;
  header: string;
  /** In pixels; without one it shares the room that is left. */
  width?: number;
  /** Aligned right. */
  numeric?: boolean;
  cell(row: Row): ReactNode;
};

/** Room for two lines. */
export const ROW_HEIGHT = 53;

type Props<Row> = {
  row: Row | undefined;
  /** Whether it is on its way: a row that is kept out of sight is not read. */
  awaited: boolean;
  index: number;
  columns: readonly PagedColumn<Row>[];
  open: boolean;
  /** Whether it is the one row in the tab order. */
  reached: boolean;
  onOpen: (index: number) => void;
  onReach: (index: number) => void;
};

/** A row, drawn again only when it changes itself: scrolling must not wait for those that are there. */
export const PagedRow: typeof DrawnRow = memo(DrawnRow);

function DrawnRow<Row>({ row, awaited, index, columns, open, reached, onOpen, onReach }: Props<Row>): ReactNode {
  const openIt = (event: MouseEvent | KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label, select') !== null) return;
    onOpen(index);
  };
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      aria-current={open ? true : undefined}
      aria-busy={awaited ? true : undefined}
      tabIndex={reached ? 0 : -1}
      className={classes.row}
      onFocus={() => onReach(index)}
      onClick={openIt}
      onKeyDown={(event) => event.key === 'Enter' && openIt(event)}
    >
      {row === undefined ? (
        <td colSpan={columns.length}>
          <div className={classes.awaited} />
        </td>
      ) : (
        columns.map(({ id, numeric, cell }) => (
          <td key={id} data-numeric={numeric}>
            <div className={classes.cell}>{cell(row)}</div>
          </td>
        ))
      )}
    </tr>
  );
}
