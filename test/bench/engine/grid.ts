/** A cell of the table. */
export type Cell = { delayMs: number; cases: number; concurrency: number };

/** The cell whose ratio to the bare loop has a budget. */
export const budgetCell: Cell = { delayMs: 0, cases: 2000, concurrency: 32 };

export const allCells: readonly Cell[] = [0, 100].flatMap((delayMs) =>
  [200, 2000, 20_000].flatMap((cases) => [4, 32, 128].map((concurrency) => ({ delayMs, cases, concurrency }))),
);

/** Without those that mostly wait: at 100 ms a case 20,000 cases, four at a time, take more than eight minutes. */
const longestWaitMs = 7000;

export const waitMs = ({ delayMs, cases, concurrency }: Cell): number => Math.ceil(cases / concurrency) * delayMs;

/** For a look within minutes, peers included: each length, number at a time and delay at least once. */
export const quickCells: readonly Cell[] = [
  { delayMs: 0, cases: 2000, concurrency: 4 },
  { delayMs: 0, cases: 2000, concurrency: 32 },
  { delayMs: 0, cases: 2000, concurrency: 128 },
  { delayMs: 0, cases: 20_000, concurrency: 32 },
  { delayMs: 100, cases: 200, concurrency: 4 },
  { delayMs: 100, cases: 2000, concurrency: 32 },
];

export const defaultCells = allCells.filter((cell) => waitMs(cell) <= longestWaitMs);
