/** Prints rows as an aligned table; the first row is the head. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const print = rowPrinter(rows);
  for (const row of rows) print(row);
}

/** Prints one row after another, each column as wide as in the widest of these rows. */
export function rowPrinter(widest: readonly (readonly string[])[]): (row: readonly string[]) => void {
  const widths = widest[0]?.map((_, column) => Math.max(...widest.map((row) => row[column]?.length ?? 0))) ?? [];
  return (row) =>
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Least, median and greatest. */
export const spread = (values: readonly number[], digits = 3): string[] =>
  [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(digits));

/** The value that this share of the others does not pass. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}
