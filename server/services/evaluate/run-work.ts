import { findScorer } from '../../../evals/scorers/index.ts';
import { prepareScorers } from '../../domain/combine-scores.ts';
import { labelsFor } from '../../domain/default-scorers.ts';
import type { EvalCase, EvalSetVersion } from '../../domain/evaluation-set.ts';
import type { ScoringId } from '../../domain/ids.ts';
import { type ModelReference, parseModelReference } from '../../domain/model.ts';
import type { Price } from '../../domain/price.ts';
import type { PromptVersion } from '../../domain/prompt.ts';
import type { Judgement } from '../../domain/result.ts';
import type { Run } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { type CompiledPrompt, compilePrompt } from '../../domain/template.ts';
import type { Provider } from '../../providers/provider.ts';
import { allowedProvider } from '../allowed-model.ts';
import type { Workbench } from '../workbench.ts';
import { priceFor } from './price-for.ts';
import { revisionOf } from './revision-of.ts';

/** What the execution of a run works with, made once for all its items. */
export type RunWork = {
  run: Run;
  version: PromptVersion;
  setVersion: EvalSetVersion;
  model: ModelReference;
  provider: Provider;
  price: Price | null;
  compiled: CompiledPrompt;
  scoring: ScoringId;
  judge: (output: string, item: Pick<EvalCase, 'expected' | 'variables'>) => Judgement;
  /** See `cacheKey`. */
  revision: string;
};

export type RunDependencies = Pick<Workbench, 'stores' | 'providers' | 'prices' | 'codeVersion'>;

/** Throws when the model can't be reached any more or the project's scope forbids it now. */
export async function prepareRunWork(workbench: RunDependencies, run: Run): Promise<RunWork> {
  const { stores } = workbench;
  const project = await stores.projects.get(run.projectId);
  const version = await stores.prompts.getVersion(run.promptVersionId);
  const setVersion = await stores.evalSets.getVersion(run.evalSetVersionId);
  const provider = await allowedProvider(workbench, project, run.model);
  const scoring = await stores.runs.scoring(run.id);
  const model = parseModelReference(run.model);
  return {
    run,
    version,
    setVersion,
    provider,
    model,
    price: priceFor(workbench.prices, run.model, provider),
    compiled: compilePrompt(version.content),
    scoring: scoring.id,
    judge: await createJudge(workbench, { version, setVersion, ...scoring }),
    revision: await revisionOf(provider, model.name, workbench.codeVersion),
  };
}

/** Scorers with all they need but the output. */
export async function createJudge(
  { stores }: Pick<Workbench, 'stores'>,
  about: {
    version: PromptVersion;
    setVersion: EvalSetVersion;
    scorers: readonly ScorerSpec[];
    threshold: number | null;
  },
): Promise<RunWork['judge']> {
  const { responseFormat } = about.version.content;
  const labels = labelsFor(responseFormat, await stores.evalSets.labelCounts(about.setVersion));
  const schema = responseFormat.type === 'json' ? responseFormat.schema : null;
  const judge = prepareScorers(about.scorers, findScorer, about.threshold);
  return (output, { expected, variables }) => judge({ output, expected, variables, labels, schema });
}
