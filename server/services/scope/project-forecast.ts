import { firstPrompt } from '../../domain/first-prompt.ts';
import {
  type ForecastAssumptions,
  type ForecastCall,
  forecast,
  usualAssumptions,
  type WayForecast,
} from '../../domain/forecast.ts';
import { estimateOutputTokens } from '../../domain/output-estimate.ts';
import type { Project } from '../../domain/project.ts';
import { assumedRate } from '../../domain/set-size.ts';
import { casesToProve } from '../../domain/statistics/target-proof.ts';
import { estimateMessageTokens, estimateTokens } from '../../domain/tokens.ts';
import { allowedProvider } from '../allowed-model.ts';
import { priceFor } from '../evaluate/price-for.ts';
import { type BaselineReport, baselineReport } from '../evaluate/trained-baseline.ts';
import type { Workbench } from '../workbench.ts';
import { type FirstBasis, type FirstChoice, firstBasis } from './first-basis.ts';

export type ProjectForecast = {
  /** What was taken for granted: what a person gave, else the usual. */
  assumptions: ForecastAssumptions;
  dev: number;
  holdout: number;
  holdoutNeeded: number | null;
  call: ForecastCall | null;
  /** The classifier that was trained on the labels there are; its labels stand for those assumed, unless a person gave some. */
  trained: { labels: number; passRate: number; interval: readonly [number, number]; n: number; enough: boolean } | null;
  prompt: WayForecast;
  training: WayForecast;
};
type Asked = FirstChoice & { assume?: number; model?: string } & Partial<ForecastAssumptions>;

/** Of an input where the scope has no example. */
const USUAL_INPUT_TOKENS = 60;

/** What a prompt and a trained classifier would each take. Throws `scope_not_written`, `eval_set_missing`, `data_may_not_leave` and what a model can't be had for. */
export async function projectForecast(
  workbench: Workbench,
  project: Project,
  { set: name, fields, labels, assume, model, ...given }: Asked,
): Promise<ProjectForecast> {
  const { evalSets } = workbench.stores;
  const basis = await firstBasis(workbench, project, { set: name, fields, labels });
  const { scope, set, version } = basis;
  const target = scope.targetPassRate;
  const report = version === null ? null : await baselineReport(workbench, project, { set: set?.slug });
  const trained = trainedOf(report, target);
  const usual = { ...usualAssumptions, trainingLabels: labelsToTrain(trained) };
  const assumptions = { ...usual, ...given };
  const [dev, holdout] = await Promise.all(
    (['dev', 'holdout'] as const).map(async (split) =>
      version === null ? 0 : evalSets.countCases(version, { split }),
    ),
  );
  const facts = {
    dev: dev ?? 0,
    holdout: holdout ?? 0,
    holdoutNeeded: target === null ? null : casesToProve({ target, rate: assume ?? assumedRate(target) }),
    call: model === undefined ? measuredCall(report) : await estimatedCall(workbench, project, basis, model),
  };
  return { assumptions, ...facts, trained, ...forecast(facts, assumptions) };
}

function trainedOf(report: BaselineReport | null, target: number | null): ProjectForecast['trained'] {
  if (!report?.baseline) return null;
  const { labelsUsed: labels, dev, holdout } = report.baseline;
  const { passRate, interval, n } = holdout ?? dev;
  return { labels, passRate, interval, n, enough: target !== null && interval[0] >= target };
}

/** As many as the classifier learnt from, and where they were not enough at least so many. */
function labelsToTrain(trained: ProjectForecast['trained']): ForecastAssumptions['trainingLabels'] {
  const { trainingLabels } = usualAssumptions;
  if (trained === null) return trainingLabels;
  return [trained.labels, trained.enough ? trained.labels : Math.max(trained.labels, trainingLabels[1])];
}

function measuredCall(report: BaselineReport | null): ForecastCall | null {
  const cost = report?.prompt?.costUsdPer1000Calls ?? null;
  return cost === null || report?.prompt?.standIn ? null : { type: 'measured', usd: cost / 1_000 };
}

/** By the first prompt that the scope gives, with inputs and outputs as long as its examples. */
async function estimatedCall(
  workbench: Workbench,
  project: Project,
  { scope, fields, labels }: FirstBasis,
  model: string,
): Promise<ForecastCall> {
  const provider = await allowedProvider(workbench, project, model);
  const { content } = firstPrompt(scope, { fields, labels });
  const mean = (tokens: readonly number[], usual: number) =>
    tokens.length === 0 ? usual : Math.ceil(tokens.reduce((sum, one) => sum + one, 0) / tokens.length);
  const ofInput = mean(
    scope.examples.map(({ input }) => estimateTokens(input)),
    USUAL_INPUT_TOKENS,
  );
  const outputs = scope.examples.map(({ output }) => estimateOutputTokens(content, output));
  return {
    type: 'estimated',
    inputTokens: estimateMessageTokens(content.messages) + ofInput,
    outputTokens: mean(outputs, estimateOutputTokens(content, null)),
    price: priceFor(await workbench.prices.table(), model, provider),
  };
}
