import { BYTE_ORDER_MARK, csvLine } from '../../formats/result-table.ts';
import type { CostPlan, PlannedModel } from './cost-plan.ts';

type Cell = string | number | boolean | null;

/** A plan as a file for spreadsheets, a model a line, USD throughout. */
export function exportCosts({ models, usage, callsPerMonth }: CostPlan): string {
  const said = [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, callsPerMonth];
  return (
    BYTE_ORDER_MARK +
    csvLine([...columns.map(([name]) => name), ...asked]) +
    models.map((model) => csvLine([...columns.map(([, cell]) => cell(model)), ...said])).join('')
  );
}

/** Beside each model, so that the file says what it was computed from. */
const asked = ['input_tokens', 'cached_input_tokens', 'output_tokens', 'calls_per_month'];

const columns: readonly (readonly [name: string, cell: (model: PlannedModel) => Cell])[] = [
  ['model', ({ reference }) => reference],
  ['answers_in', ({ destination }) => destination],
  ['allowed', ({ allowed }) => allowed],
  ['input_per_million', ({ price }) => price?.input ?? null],
  ['cached_input_per_million', ({ price }) => price?.cachedInput ?? null],
  ['output_per_million', ({ price }) => price?.output ?? null],
  ['own_price', ({ own }) => own],
  ['batch_share', ({ batchShare }) => batchShare],
  ['per_call', ({ cost }) => cost?.perCall ?? null],
  ['per_1000_calls', ({ cost }) => cost?.per1000 ?? null],
  ['per_month', ({ cost }) => cost?.perMonth ?? null],
  ['per_year', ({ cost }) => cost?.perYear ?? null],
  ['per_1000_calls_plain', ({ cost }) => cost?.per1000Plain ?? null],
  ['per_1000_calls_in_batches', ({ cost }) => cost?.per1000Batch ?? null],
  ['above_budget', ({ aboveBudget }) => aboveBudget],
  ['hours_per_month', ({ msPerMonth }) => (msPerMonth === null ? null : msPerMonth / 3_600_000)],
];
