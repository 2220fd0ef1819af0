import type { TokenUsage } from '../../domain/completion.ts';
import { type CallPeriod, callsInMonth, type PlannedCost, planCost, tokensOfWords } from '../../domain/cost-plan.ts';
import { missing } from '../../domain/errors.ts';
import type { ReleaseId, RunId } from '../../domain/ids.ts';
import { type DataDestination, parseModelReference } from '../../domain/model.ts';
import type { ModelSpeed } from '../../domain/model-facts.ts';
import { batchPriceOf, type Price, type PriceTable, pricedAs } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import { priceFor } from '../evaluate/price-for.ts';
import { type TableAge, tableAge } from '../models/prices.ts';
import type { Workbench } from '../workbench.ts';

/** How large a call is: as a person thinks, or as it was measured. */
export type CallSize =
  | { from: 'words' | 'tokens'; input: number; output: number }
  | { from: 'run'; run: RunId }
  | { from: 'release'; release: ReleaseId };

export type CostQuestion = {
  size: CallSize;
  /** Share of the input tokens that a provider's cache has, 0..1; null: as measured, and none where nothing was. */
  cachedShare: number | null;
  /** Share of the calls that go in batches, 0..1. */
  batchShare: number;
  calls: number;
  per: CallPeriod;
  /** `connection/name`; empty: all that have a price or answer now. */
  models: readonly string[];
};

export type PlannedModel = {
  reference: string;
  destination: DataDestination;
  /** Whether it answers now. */
  answers: boolean;
  /** False where the project's scope keeps its data on this machine and the model is elsewhere. */
  allowed: boolean;
  price: Price | null;
  /** A person's own price, rather than one that came with the program. */
  own: boolean;
  /** Part of its price that it asks in batches; null where none is known, and the full price is counted. */
  batchShare: number | null;
  /** USD; null where there is no price. */
  cost: PlannedCost | null;
  /** Whether 1,000 calls cost more than the scope allows; null where either isn't known. */
  aboveBudget: boolean | null;
  /** How long this machine works for the calls of a month, one after another; null elsewhere and where no call was measured. */
  msPerMonth: number | null;
};

export type CostPlan = {
  usage: TokenUsage;
  /** How many calls were measured; null where a person said the size. */
  measured: number | null;
  callsPerMonth: number;
  maxCostUsdPer1000Calls: number | null;
  dataMayLeave: boolean | null;
  table: TableAge;
  models: PlannedModel[];
};

/** What calls of a size would cost with each model. Throws `usage_missing`, `run_missing`, `release_missing`. */
export async function planCosts(
  workbench: Workbench,
  project: Project | null,
  question: CostQuestion,
  now: Date,
): Promise<CostPlan> {
  const { usage, measured } = await usageOf(workbench, question);
  const callsPerMonth = callsInMonth(question.calls, question.per);
  const scope = project === null ? null : await workbench.stores.projects.scope(project.id);
  const table = await workbench.prices.table();
  const own = new Set((await workbench.stores.prices.present()).map(({ subject }) => subject));
  const max = scope?.maxCostUsdPer1000Calls ?? null;
  const speeds = await workbench.stores.results.speeds();
  const candidates = await candidatesOf(workbench, table, question.models);
  return {
    usage,
    measured,
    callsPerMonth,
    maxCostUsdPer1000Calls: max,
    dataMayLeave: scope?.dataMayLeave ?? null,
    table: tableAge(workbench, now),
    models: candidates.map((candidate): PlannedModel => {
      const { reference, destination } = candidate;
      const { connection } = parseModelReference(reference);
      const price = priceFor(table, reference, candidate);
      const calls = { usage, batchShare: question.batchShare, callsPerMonth };
      const cost = planCost(calls, price, batchPriceOf(table, connection, price));
      return {
        ...candidate,
        allowed: scope === null || scope.dataMayLeave || destination !== 'network',
        price,
        own: own.has(pricedAs(table, reference) ?? ''),
        batchShare: table.batchShares?.[connection] ?? null,
        cost,
        aboveBudget: cost === null || max === null ? null : cost.per1000 > max,
        msPerMonth: destination === 'network' ? null : timeOf(speeds.get(reference), usage, callsPerMonth),
      };
    }),
  };
}

async function usageOf(
  { stores }: Pick<Workbench, 'stores'>,
  { size, cachedShare }: CostQuestion,
): Promise<{ usage: TokenUsage; measured: number | null }> {
  if (size.from !== 'run' && size.from !== 'release') {
    const tokens = size.from === 'words' ? tokensOfWords : (count: number) => count;
    const inputTokens = tokens(size.input);
    const usage = {
      inputTokens,
      outputTokens: tokens(size.output),
      cachedInputTokens: (cachedShare ?? 0) * inputTokens,
    };
    return { usage, measured: null };
  }
  const of = await measuredUsage(stores, size);
  const { inputTokens, outputTokens, n } = of;
  const cachedInputTokens = cachedShare === null ? of.cachedInputTokens : cachedShare * inputTokens;
  return { usage: { inputTokens, outputTokens, cachedInputTokens }, measured: n };
}

async function measuredUsage(stores: Workbench['stores'], size: Exclude<CallSize, { from: 'words' | 'tokens' }>) {
  if (size.from === 'run') {
    const run = await stores.runs.get(size.run);
    return (await stores.usage.ofRun(run.id)) ?? nothingMeasured(`Run ${run.id} has no reply yet.`);
  }
  const release = await stores.releases.get(size.release);
  const usage = await stores.usage.ofRelease(release.id);
  return usage ?? nothingMeasured(`No observation of release ${release.id} says its input and output tokens.`);
}

function nothingMeasured(what: string): never {
  throw missing('usage_missing', `${what} Choose another, or type how large a call is.`);
}

type Candidate = Pick<PlannedModel, 'reference' | 'destination' | 'answers'>;

/** The models asked for, else all that answer or have a price. A stand-in is no language model, and what asks nothing for its output answers nothing. */
async function candidatesOf(
  { providers }: Workbench,
  table: PriceTable,
  asked: readonly string[],
): Promise<Candidate[]> {
  const listed = await providers.models();
  const answering = new Map(listed.map((model) => [model.reference, model.destination]));
  const connections = new Map((await providers.connections()).map(({ slug, destination }) => [slug, destination]));
  const priced = Object.entries(table.prices).flatMap(([name, { input, output }]) =>
    input > 0 && output === 0 ? [] : [name],
  );
  const all = [...listed.filter(({ standIn }) => !standIn).map(({ reference }) => reference), ...priced];
  return [...new Set(asked.length === 0 ? all : asked)].map((reference) => ({
    reference,
    destination: answering.get(reference) ?? connections.get(parseModelReference(reference).connection) ?? 'network',
    answers: answering.has(reference),
  }));
}

/** By the pace of output that was measured here, in which the reading of the input is included. */
const timeOf = (speed: ModelSpeed | undefined, { outputTokens }: TokenUsage, calls: number): number | null =>
  speed === undefined || speed.outputTokensPerSecond === 0
    ? null
    : (1000 * outputTokens * calls) / speed.outputTokensPerSecond;
