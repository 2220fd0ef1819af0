import type { Outcome } from './scorer.ts';

/** Results of one expected label that were answered alike; `passed` of them passed. */
export type ConfusionCell = { count: number; passed: number };
export type ConfusionColumn =
  | { type: 'answer'; answer: string }
  | { type: 'other_answers' }
  | { type: 'no_answer' }
  | { type: 'error' };
/** Expected labels against the answers read. A label of null stands for all that are beyond the most frequent ones. */
export type Confusion = {
  columns: readonly ConfusionColumn[];
  rows: readonly { label: string | null; cells: readonly ConfusionCell[] }[];
};

/** More labels or answers than this are put together. */
const MOST = 20;

/** Counts results by the label expected and the answer read. */
export class ConfusionTally {
  readonly #rows = new Map<string, { count: number; cells: Map<string, ConfusionCell> }>();
  #results = 0;

  add(label: string, outcome: Outcome | 'error', answer: string | null): void {
    this.#results += 1;
    const row = this.#rows.get(label) ?? { count: 0, cells: new Map() };
    this.#rows.set(label, row);
    row.count += 1;
    const key = columnKey(outcome, answer);
    const cell = row.cells.get(key) ?? { count: 0, passed: 0 };
    row.cells.set(key, cell);
    cell.count += 1;
    if (outcome === 'passed') cell.passed += 1;
  }

  /** Null where expected values are no labels, which come again and again: then a matrix would say nothing. */
  matrix(): Confusion | null {
    const rows = [...this.#rows].sort(([a, first], [b, second]) => second.count - first.count || (a < b ? -1 : 1));
    if (rows.length < 2 || rows.length > this.#results / 2) return null;
    const labels = rows.slice(0, MOST).map(([label]) => label);
    const answers = this.#answers(labels);
    const others = this.#totals();
    for (const answer of answers) others.delete(`=${answer}`);
    const columns: ConfusionColumn[] = answers.map((answer) => ({ type: 'answer', answer }));
    if ([...others.keys()].some((key) => key.startsWith('='))) columns.push({ type: 'other_answers' });
    for (const type of ['no_answer', 'error'] as const) if (others.has(type)) columns.push({ type });
    const shown = new Set(answers);
    const cellsOf = (of: readonly Map<string, ConfusionCell>[]) =>
      columns.map((column) => sum(of.flatMap((cells) => cellsIn(cells, column, shown))));
    const rest = rows.slice(MOST).map(([, { cells }]) => cells);
    return {
      columns,
      rows: [
        ...rows.slice(0, MOST).map(([label, { cells }]) => ({ label, cells: cellsOf([cells]) })),
        ...(rest.length === 0 ? [] : [{ label: null, cells: cellsOf(rest) }]),
      ],
    };
  }

  #totals(): Map<string, number> {
    const totals = new Map<string, number>();
    for (const { cells } of this.#rows.values()) {
      for (const [key, { count }] of cells) totals.set(key, (totals.get(key) ?? 0) + count);
    }
    return totals;
  }

  /** The labels in their order, so that right answers stand on the diagonal; then answers that are no label, most frequent first. */
  #answers(labels: readonly string[]): string[] {
    const further = [...this.#totals()]
      .flatMap(([key, count]) => (key.startsWith('=') ? [{ answer: key.slice(1), count }] : []))
      .filter(({ answer }) => !labels.includes(answer))
      .sort((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1));
    return [...labels, ...further.slice(0, MOST - labels.length).map(({ answer }) => answer)];
  }
}

/** Answers with a sign before them, so that none is taken for the lack of one. */
function columnKey(outcome: Outcome | 'error', answer: string | null): string {
  if (outcome === 'error') return 'error';
  return outcome === 'no_answer' || answer === null ? 'no_answer' : `=${answer}`;
}

function cellsIn(
  cells: ReadonlyMap<string, ConfusionCell>,
  column: ConfusionColumn,
  shown: ReadonlySet<string>,
): ConfusionCell[] {
  if (column.type === 'other_answers')
    return [...cells].flatMap(([key, cell]) => (key.startsWith('=') && !shown.has(key.slice(1)) ? [cell] : []));
  const cell = cells.get(column.type === 'answer' ? `=${column.answer}` : column.type);
  return cell === undefined ? [] : [cell];
}

const sum = (cells: readonly ConfusionCell[]): ConfusionCell => ({
  count: cells.reduce((total, { count }) => total + count, 0),
  passed: cells.reduce((total, { passed }) => total + passed, 0),
});
