/** A cell of the table. */
export type Cell = { delayMs: number; cases: number; concurrency: number };

export const allCells: readonly Cell[] = [0, 100].flatMap((delayMs) =>
  [200, 2000, 20_000].flatMap((cases) => [4, 32, 128].map((concurrency) => ({ delayMs, cases, concurrency }))),
);

/** Without those that mostly wait: at 100 ms a case 20,000 cases, four at a time, take more than eight minutes. */
const longestWaitMs = 7000;

export const waitMs = ({ delayMs, cases, concurrency }: Cell): number => Math.ceil(cases / concurrency) * delayMs;

/** For a look within minutes, peers included: each length, number at a time and delay at least once. */
const quick = ['0 2000 4', '0 2000 32', '0 2000 128', '0 20000 32', '100 200 4', '100 2000 32'];
export const quickCells = allCells.filter(({ delayMs, cases, concurrency }) =>
  quick.includes(`${delayMs} ${cases} ${concurrency}`),
);

/** The cells whose ratio to the bare loop has a budget: where a delay is waited for, what is left is a small difference of large times. */
export const budgetCells = allCells.filter(({ delayMs, cases }) => delayMs === 0 && cases === 2000);

export const defaultCells = allCells.filter((cell) => waitMs(cell) <= longestWaitMs);
