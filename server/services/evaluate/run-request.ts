import { defaultScorers, labelsFor } from '../../domain/default-scorers.ts';
import { invalid, missing } from '../../domain/errors.ts';
import type { EvalSet, EvalSetVersion } from '../../domain/evaluation-set.ts';
import { type ModelReference, parseModelReference } from '../../domain/model.ts';
import { batchPriceOf, type Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import { defaultRunSettings, type RunSettings } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import type { Provider } from '../../providers/provider.ts';
import { allowedProvider } from '../allowed-model.ts';
import type { Workbench } from '../workbench.ts';
import { checkCaseScorers, needsWithCases, scorersOfCases } from './case-scorers.ts';
import { freezeScorers } from './freeze-scorers.ts';
import { capWithoutPrice, priceFor } from './price-for.ts';
import { checkScorers } from './scorer-tools.ts';

/** What a person asks for; what is left out has a default. */
export type RunRequest = {
  prompt: string;
  /** The newest where none is given. */
  version?: number;
  set: string;
  /** `connection/name`. */
  model: string;
  scorers?: readonly ScorerSpec[];
  note?: string;
} & Partial<RunSettings>;

/** A request with everything it names found. */
export type ResolvedRun = {
  project: Project;
  prompt: Prompt;
  version: PromptVersion;
  set: EvalSet;
  setVersion: EvalSetVersion;
  model: ModelReference;
  provider: Provider;
  price: Price | null;
  scorers: readonly ScorerSpec[];
  settings: RunSettings;
};

/** Finds what a request names and fills in the defaults. Throws what is missing or not allowed. */
export async function resolveRun(workbench: Workbench, project: Project, request: RunRequest): Promise<ResolvedRun> {
  const { stores } = workbench;
  const prompt = await stores.prompts.find(project.id, request.prompt);
  if (prompt === null) {
    throw missing(
      'prompt_missing',
      `${project.name} has no prompt "${request.prompt}". "whetstone prompts list" shows those there are.`,
    );
  }
  const version = await stores.prompts.version(prompt.id, request.version ?? null);
  if (version === null) {
    throw missing(
      'prompt_version_missing',
      request.version === undefined
        ? `The prompt "${prompt.name}" has no version yet. Save one first.`
        : `The prompt "${prompt.name}" has no version ${request.version}. "whetstone prompts list" shows the newest.`,
    );
  }
  const set = await stores.evalSets.find(project.id, request.set);
  if (set === null) {
    throw missing(
      'eval_set_missing',
      `${project.name} has no evaluation set "${request.set}". "whetstone evals list" shows those there are.`,
    );
  }
  const setVersion = await stores.evalSets.version(set.id, null);
  if (setVersion === null)
    throw missing('eval_set_empty', `The evaluation set "${set.name}" has no cases yet. Import some first.`);
  const model = parseModelReference(request.model);
  const provider = await allowedProvider(workbench, project, request.model);
  const settings = settingsOf(request);
  if (settings.stopAtRate !== null && settings.repeats > 1) {
    throw invalid(
      'early_stop_with_repeats',
      'A run that may end early asks each case once. Leave out the repeats, or let the run ask all its cases.',
    );
  }
  const batched = settings.mode === 'batch';
  if (batched) await requireBatches(provider, settings);
  const prices = await workbench.prices.table();
  const livePrice = priceFor(prices, request.model, provider);
  const price = batched ? batchPriceOf(prices, model.connection, livePrice) : livePrice;
  if (settings.maxCostUsd !== null && price === null) throw capWithoutPrice(request.model);
  const asked =
    request.scorers ?? defaultScorers(version.content.responseFormat, await expectedLabels(workbench, setVersion));
  checkScorers({ ...settings, scorers: asked });
  const scorers = await freezeScorers(workbench, project, asked);
  const own = await scorersOfCases(workbench, setVersion, settings.split);
  await checkCaseScorers(workbench, project, own, { ...settings, scorers });
  const { judge_model: judges, embedding_model: embeds } = needsWithCases({ ...settings, scorers }, own);
  const needs = new Set([
    judges === undefined ? null : settings.judgeModel,
    embeds === undefined ? null : settings.embeddingModel,
  ]);
  for (const helper of [settings.judgeModel, settings.embeddingModel]) {
    if (helper === null) continue;
    const helping = await allowedProvider(workbench, project, helper);
    if (settings.maxCostUsd === null || priceFor(prices, helper, helping) !== null) continue;
    if (needs.has(helper)) throw capWithoutPrice(helper);
  }
  return { project, prompt, version, set, setVersion, model, provider, price, scorers, settings };
}

async function requireBatches(provider: Provider, { stopAtRate }: RunSettings): Promise<void> {
  if (stopAtRate !== null) {
    throw invalid(
      'early_stop_with_batch',
      'A run in batches asks all its cases at once and can’t end early. Leave out the rate to stop at, or run it live.',
    );
  }
  const offered = provider.batches === undefined ? false : await provider.batches.offered(AbortSignal.timeout(5000));
  if (offered !== false) return;
  throw withoutBatches(provider.connection);
}

export const withoutBatches = (connection: string) =>
  invalid(
    'batches_missing',
    `${connection} has no batches. Run it live, or choose a model of a connection that has them, such as openai.`,
  );

/** The distinct short expected values of a set with their counts: what its labels are, where it has labels. */
export async function expectedLabels(workbench: Pick<Workbench, 'stores'>, version: EvalSetVersion) {
  return labelsFor({ type: 'text' }, await workbench.stores.evalSets.labelCounts(version));
}

function settingsOf(request: RunRequest): RunSettings {
  const given = Object.fromEntries(
    Object.keys(defaultRunSettings).flatMap((name) => {
      const value = request[name as keyof RunSettings];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { ...defaultRunSettings, ...given };
}
