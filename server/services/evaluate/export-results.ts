import type { RunId } from '../../domain/ids.ts';
import type { JsonValue } from '../../domain/json.ts';
import { formatScorerSpec, metricOf } from '../../domain/scorer-spec.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../formats/result-table.ts';
import type { ResultSearch } from '../../storage/find-results.ts';
import type { Workbench } from '../workbench.ts';
import { type ResultRow, resultPage } from './results.ts';

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const PAGE = 500;

/** The results of a run that match, failures first, as text in pieces that end with a line. */
export async function* exportResults(
  workbench: Workbench,
  run: RunId,
  format: ExportFormat,
  filter: Omit<ResultSearch, 'after' | 'limit'> = {},
): AsyncGenerator<string> {
  const scoring = await workbench.stores.runs.scoring(run);
  const columns = [...plainColumns, ...scoring.scorers.map(formatScorerSpec).flatMap(metricColumns)];
  const asCsv = (row: ResultRow): string => csvLine(columns.map(([, cell]) => cell(row)));
  if (format === 'csv') yield BYTE_ORDER_MARK + csvLine(columns.map(([name]) => name));
  let after: ResultSearch['after'];
  do {
    const page = await resultPage(workbench, run, { ...filter, after, limit: PAGE });
    after = page.after ?? undefined;
    if (page.results.length > 0) yield page.results.map(format === 'csv' ? asCsv : asJson).join('');
  } while (after !== undefined);
}

const asJson = (row: ResultRow): string => `${JSON.stringify(row)}\n`;

type Column = readonly [name: string, cell: (row: ResultRow) => string | number | boolean | null];

/** What one scorer said by itself: whether it passed, and its value. */
function metricColumns(scorer: string): Column[] {
  const scoreIn = ({ scores }: ResultRow) => scores.find((score) => score.scorer === scorer);
  return [
    [`passed: ${metricOf(scorer)}`, (row) => scoreIn(row)?.passed ?? null],
    [`value: ${metricOf(scorer)}`, (row) => scoreIn(row)?.value ?? null],
  ];
}

const plainColumns: readonly Column[] = [
  ['result', ({ id }) => id],
  ['case', ({ caseKey }) => caseKey],
  ['repeat', ({ repeat }) => repeat + 1],
  ['attempt', ({ attempt }) => attempt],
  ['split', ({ split }) => split],
  ['tags', ({ tags }) => tags.join(', ')],
  ['outcome', ({ outcome }) => outcome],
  ['input', ({ variables }) => inputOf(Object.values(variables), variables)],
  ['expected', ({ expected }) => textOf(expected)],
  ['output', ({ output }) => output],
  ['answer', ({ scores }) => scores[0]?.answer ?? null],
  ['explanation', ({ scores }) => scores.map(({ scorer, explanation }) => `${scorer}: ${explanation}`).join('\n')],
  ['error', ({ error }) => error?.code ?? null],
  ['error_message', ({ error }) => error?.message ?? null],
  ['confidence', ({ confidence }) => confidence],
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['output_tokens', ({ outputTokens }) => outputTokens],
  ['cost_usd', ({ costUsd }) => costUsd],
  ['latency_ms', ({ latencyMs }) => Math.round(latencyMs)],
  ['calls', ({ calls }) => calls],
  ['from_cache', ({ fromCache }) => fromCache],
  ['finish_reason', ({ finishReason }) => finishReason],
  ['category', ({ review }) => review?.category ?? null],
  ['verdict', ({ review }) => review?.verdict ?? null],
  ['note', ({ review }) => review?.note ?? null],
  ['reviewer', ({ review }) => review?.author ?? null],
];

/** The one variable of a case as it is; several as JSON. */
const inputOf = (values: readonly JsonValue[], variables: JsonValue): string =>
  textOf(values.length === 1 ? (values[0] ?? null) : variables);

function textOf(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
