import { prepareScorers } from '../../domain/combine-scores.ts';
import type { Completion } from '../../domain/completion.ts';
import { labelsFor } from '../../domain/default-scorers.ts';
import type { EvalCase, EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { ScoringId } from '../../domain/ids.ts';
import { type ModelReference, parseModelReference } from '../../domain/model.ts';
import { batchPriceOf, type Price } from '../../domain/price.ts';
import { type PriceBasis, priceBasis } from '../../domain/price-basis.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptVersion } from '../../domain/prompt.ts';
import type { Judgement } from '../../domain/result.ts';
import type { Run } from '../../domain/run.ts';
import type { ReplyFacts, ScoredOutput, ScorerTools } from '../../domain/scorer.ts';
import type { Scoring } from '../../domain/scoring.ts';
import { type CompiledPrompt, compilePrompt } from '../../domain/template.ts';
import type { Provider } from '../../providers/provider.ts';
import { allowedProvider } from '../allowed-model.ts';
import type { Workbench } from '../workbench.ts';
import { capWithoutPrice, priceFor } from './price-for.ts';
import { revisionOf } from './revision-of.ts';
import { createScorerTools } from './scorer-tools.ts';

/** What a model replied to these messages. */
export type JudgedReply = Pick<Completion, 'output' | 'finishReason' | 'usage' | 'toolCalls'> &
  Pick<ReplyFacts, 'costUsd' | 'latencyMs'> &
  Pick<ScoredOutput, 'messages'>;

/** Rejects with the signal's reason when aborted. */
export type JudgeReply = (
  reply: JudgedReply,
  item: Pick<EvalCase, 'expected' | 'variables' | 'scorers'>,
  signal: AbortSignal,
) => Promise<Judgement>;

/** What the execution of a run works with, made once for all its items. */
export type RunWork = {
  run: Run;
  version: PromptVersion;
  setVersion: EvalSetVersion;
  model: ModelReference;
  provider: Provider;
  price: Price | null;
  /** What it costs in a batch. */
  batchPrice: Price | null;
  priceBasis: PriceBasis | null;
  compiled: CompiledPrompt;
  scoring: ScoringId;
  judge: JudgeReply;
  /** See `cacheKey`. */
  revision: string;
};

export type RunDependencies = Pick<
  Workbench,
  'stores' | 'providers' | 'prices' | 'judgePrompts' | 'scripts' | 'codeVersion'
>;

/** Throws when the model can't be reached any more, the project's scope forbids it now, or its price, which a cost cap needs, was taken back. */
export async function prepareRunWork(workbench: RunDependencies, run: Run): Promise<RunWork> {
  const { stores } = workbench;
  const project = await stores.projects.get(run.projectId);
  const version = await stores.prompts.getVersion(run.promptVersionId);
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const provider = await allowedProvider(workbench, project, run.model);
  const scoring = await stores.runs.scoring(run.id);
  const model = parseModelReference(run.model);
  const prices = await workbench.prices.table();
  const price = priceFor(prices, run.model, provider);
  const asked = { reference: run.model, connection: model.connection, destination: provider.destination };
  if (run.settings.maxCostUsd !== null && price === null) throw capWithoutPrice(run.model);
  return {
    run,
    version,
    setVersion,
    provider,
    model,
    price,
    batchPrice: batchPriceOf(prices, model.connection, price),
    priceBasis: priceBasis(workbench.prices.shipped, await stores.prices.present(), asked, {
      batched: run.settings.mode === 'batch',
    }),
    compiled: compilePrompt(version.content),
    scoring: scoring.id,
    judge: await createJudge(workbench, { ...scoring, project, version, setVersion }),
    revision: await revisionOf(provider, model.name, workbench.codeVersion),
  };
}

/** Scorers with all they need but the output. Throws where a scorer needs a model that is not said or not allowed. */
export async function createJudge(
  workbench: RunDependencies,
  about: Scoring & {
    project: Project;
    version: PromptVersion;
    setVersion: EvalSetVersion;
  },
  /** What the scorers get in place of their tools, where nothing is to be asked. */
  replaced: (tools: ScorerTools) => ScorerTools = (tools) => tools,
): Promise<JudgeReply> {
  const { responseFormat } = about.version.content;
  // Looking through a large set takes a moment in which nobody else gets a turn.
  const expected =
    responseFormat.type === 'labels' ? [] : await workbench.stores.evalSets.labelCounts(about.setVersion);
  const labels = labelsFor(responseFormat, expected);
  const schema = responseFormat.type === 'json' ? responseFormat.schema : null;
  const tools = replaced(await createScorerTools(workbench, about.project, about));
  const judgeOf = judgesByCase((own) => prepareScorers(about.scorers, tools, about.threshold, own));
  return ({ output, messages, toolCalls = [], ...reply }, { expected, variables, scorers = [] }, signal) =>
    judgeOf(scorers)({ output, expected, variables, labels, schema, messages, toolCalls, reply }, signal);
}

type Judge = ReturnType<typeof prepareScorers>;
const mostPrepared = 1000;

/** Scorers of cases are prepared once for all cases that have the same; where they are too many, those of before are forgotten. */
function judgesByCase(prepare: (own: readonly string[]) => Judge): (own: readonly string[]) => Judge {
  const judge = prepare([]);
  const prepared = new Map<string, Judge>();
  return (own) => {
    if (own.length === 0) return judge;
    const key = JSON.stringify(own);
    const known = prepared.get(key);
    if (known !== undefined) return known;
    if (prepared.size === mostPrepared) prepared.clear();
    const made = prepare(own);
    prepared.set(key, made);
    return made;
  };
}
