import { findScorer } from '../../../evals/scorers/index.ts';
import { cacheKey } from '../../domain/cache-key.ts';
import { prepareScorers } from '../../domain/combine-scores.ts';
import type { CompletionRequest } from '../../domain/completion.ts';
import { invalid } from '../../domain/errors.ts';
import { parseModelReference } from '../../domain/model.ts';
import { costOf } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import { type ScorerNeed, type ScorerTools, ScoringError } from '../../domain/scorer.ts';
import type { Scoring, ScoringModels } from '../../domain/scoring.ts';
import type { Provider } from '../../providers/provider.ts';
import { allowedProvider } from '../allowed-model.ts';
import { askModel } from './ask-model.ts';
import { createEmbedder } from './embed-texts.ts';
import { keptScorerFile } from './freeze-scorers.ts';
import { findJudgePrompt } from './judge-prompt.ts';
import { keptReply } from './kept-reply.ts';
import { priceFor } from './price-for.ts';
import { revisionOf } from './revision-of.ts';
import type { RunDependencies } from './run-work.ts';

/** Longest wait for one reply of a judge model. */
const timeoutMs = 120_000;

/** What scorers judge with beside the output and the case, each with a scorer that does, in compositions too. Throws what is wrong with an argument. */
export function needsOf({
  scorers,
  threshold,
}: Pick<Scoring, 'scorers' | 'threshold'>): Partial<Record<ScorerNeed, string>> {
  const needs: Partial<Record<ScorerNeed, string>> = {};
  const find = (name: string) => {
    const scorer = findScorer(name);
    if (scorer.needs !== undefined) needs[scorer.needs] = name;
    return scorer;
  };
  prepareScorers(scorers, { ...noTools, scorer: find }, threshold);
  return needs;
}

/** Reads the arguments of all scorers. Throws what is wrong with one, `judge_model_missing` or `embedding_model_missing`. */
export function checkScorers(scoring: Scoring): void {
  const { judgeModel, embeddingModel } = scoring;
  const { judge_model: judged, embedding_model: embedded } = needsOf(scoring);
  if (judged !== undefined && judgeModel === null) {
    throw invalid(
      'judge_model_missing',
      `The scorer ${judged} asks a judge model. Name one: "Judge model" on the page, --judge-model CONNECTION/MODEL on the command line.`,
      { details: { scorer: judged } },
    );
  }
  if (embedded !== undefined && embeddingModel === null) {
    throw invalid(
      'embedding_model_missing',
      `The scorer ${embedded} compares embeddings. Name a model that makes them: "Embedding model" on the page, --embedding-model CONNECTION/MODEL on the command line.`,
      { details: { scorer: embedded } },
    );
  }
}

/** Whether a scoring judges by the output and the case alone, so that judging again costs nothing. */
export const judgesAlone = ({ scorers }: Pick<Scoring, 'scorers'>): boolean =>
  scorers.every(({ name }) => findScorer(name).needs === undefined);

const unavailable = (): never => {
  throw new ScoringError('scorer_failed', 'Nothing can be asked while a scorer is only read.');
};
/** What there is while arguments are read, and for scorers that judge alone: nothing but the others. */
export const noTools: ScorerTools = {
  scorer: findScorer,
  judgePrompt: unavailable,
  judgeModel: unavailable,
  askJudge: unavailable,
  embed: unavailable,
  scorerFile: unavailable,
  runScript: unavailable,
};

/** What the scorers of a scoring may use. Throws where a model can't be had or the project's scope forbids it. */
export async function createScorerTools(
  workbench: RunDependencies,
  project: Project,
  { judgeModel, embeddingModel }: ScoringModels,
): Promise<ScorerTools> {
  const judge = judgeModel === null ? null : await createJudgeCall(workbench, project, judgeModel);
  const embed =
    embeddingModel === null
      ? unavailable
      : await createEmbedder(workbench, await allowedProvider(workbench, project, embeddingModel), embeddingModel);
  return {
    scorer: findScorer,
    judgePrompt: (reference) => findJudgePrompt(workbench, project, reference),
    judgeModel: () => judgeModel ?? unavailable(),
    askJudge: judge ?? unavailable,
    embed,
    scorerFile: (reference) => keptScorerFile(workbench, reference),
    runScript: workbench.scripts.run,
  };
}

/** Asks the judge model; a reply that was kept costs nothing. One that can't be read is not kept, and asked for anew where an earlier version of the program kept it. */
async function createJudgeCall(
  workbench: RunDependencies,
  project: Project,
  reference: string,
): Promise<ScorerTools['askJudge']> {
  const provider: Provider = await allowedProvider(workbench, project, reference);
  const model = parseModelReference(reference);
  const price = priceFor(await workbench.prices.table(), reference, provider);
  const revision = await revisionOf(provider, model.name, workbench.codeVersion);
  const { results } = workbench.stores;
  return async (asked, read, signal) => {
    const request: CompletionRequest = { model: model.name, ...asked };
    const key = cacheKey({ ...request, connection: model.connection, revision, repeat: 0 });
    const kept = (await results.cached([key])).get(key);
    if (kept !== undefined) {
      try {
        return read({ output: keptReply(kept).output, costUsd: 0 });
      } catch (error) {
        if (!(error instanceof ScoringError)) throw error;
      }
    }
    const startedAt = performance.now();
    const answer = await askModel(provider, request, { timeoutMs, signal });
    if (answer.type === 'dropped') throw signal.reason;
    if (answer.type === 'failure') {
      throw new ScoringError('judge_failed', `The judge model ${reference} gave no reply: ${answer.failure.message}`);
    }
    const { reply: completion } = answer;
    const latencyMs = performance.now() - startedAt;
    const said = read({ output: completion.output, costUsd: costOf(price, completion.usage) });
    await results.keepReply({ key, response: JSON.stringify({ ...completion, latencyMs }) });
    return said;
  };
}
