import {
  type ColumnDef,
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table';

/** `numeric`: aligned right. `fill`: takes the room that is left and wraps. */
type ColumnMeta = { numeric?: boolean; fill?: boolean };

export const tableFeaturesUsed = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
  columnMeta: metaHelper<ColumnMeta>(),
});

/** Columns of a DataTable of these rows. */
export type Columns<Row extends object> = readonly ColumnDef<typeof tableFeaturesUsed, Row>[];

/** Maker of columns: `const column = columnsOf<Case>()`, then `column.accessor('key', { header: … })` and `column.display({ id, header, cell })`. */
export const columnsOf = <Row extends object>() => createColumnHelper<typeof tableFeaturesUsed, Row>();
