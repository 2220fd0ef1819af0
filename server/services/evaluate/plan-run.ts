import { setImmediate as nextTurn } from 'node:timers/promises';
import { cacheKey } from '../../domain/cache-key.ts';
import type { EvalCase } from '../../domain/evaluation-set.ts';
import { estimateOutputTokens } from '../../domain/output-estimate.ts';
import { costOf } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { detectablePairedDifference } from '../../domain/statistics/detectable-effect.ts';
import { costOfLook } from '../../domain/statistics/holdout-look.ts';
import { exactDetectableDifference } from '../../domain/statistics/mcnemar-power.ts';
import { compilePrompt } from '../../domain/template.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import type { Workbench } from '../workbench.ts';
import { estimateJudging, type JudgingEstimate, mostJudgingPlanned } from './judging-estimate.ts';
import { keptReplies } from './kept-reply.ts';
import { renderCase } from './open-items.ts';
import { revisionOf } from './revision-of.ts';
import { type ResolvedRun, type RunRequest, resolveRun } from './run-request.ts';

/** What a run would take, before anything is asked of a model. Tokens and cost are estimates of the calls that the cache does not answer. */
export type RunPlan = {
  cases: number;
  calls: number;
  cachedCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** Judging included; null where a model has no price. */
  costUsd: number | null;
  /** What the scorers ask of models; null where they ask none. */
  judging: JudgingEstimate | null;
  scorers: readonly ScorerSpec[];
  /** Smallest true difference between two runs on these cases that would be found with power .8 where one case in ten flips; null where none would. */
  detectable: number | null;
  /** The same by the exact test's own power, at the level that the look leaves where all cases are holdout. */
  exactDetectable: number | null;
  /** Which look at the set's holdout cases it would be for this prompt; null where it asks none. */
  holdoutLook: number | null;
  problems: readonly { code: string; message: string }[];
};

/** Cases that are read at once. */
const casesPerPage = 500;
const mostPlanned = 20_000;
/** Share of flips taken before there is a run to take it from. */
const assumedFlipShare = 0.1;

export const planRun = async (workbench: Workbench, project: Project, request: RunRequest): Promise<RunPlan> =>
  planResolvedRun(workbench, await resolveRun(workbench, project, request));

/**
 * Exact up to `mostPlanned` cases; of a larger set as many, drawn evenly over it, stand for all, so that a plan takes neither long nor much memory.
 */
export async function planResolvedRun(workbench: Workbench, resolved: ResolvedRun): Promise<RunPlan> {
  const { setVersion, settings } = resolved;
  const { evalSets } = workbench.stores;
  const total = await evalSets.countCases(setVersion, { split: settings.split });
  const found: Found = { cases: 0, calls: 0, cached: 0, inputTokens: 0, outputTokens: 0, unrenderable: 0, first: null };
  const estimate = await callEstimator(workbench, resolved);
  const step = Math.max(1, Math.ceil(total / mostPlanned));
  const judgedStep = Math.max(1, Math.ceil(total / mostJudgingPlanned));
  const judged: EvalCase[] = [];
  for (let after = -1, read = 0; ; ) {
    const page = await evalSets.cases(setVersion, { split: settings.split, after, limit: casesPerPage });
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.position;
    await estimate(
      page.filter((_, index) => (read + index) % step === 0),
      found,
    );
    judged.push(...page.filter((_, index) => (read + index) % judgedStep === 0));
    read += page.length;
    await nextTurn();
  }
  const look = await nextLook(workbench, resolved);
  const level = 0.05 / costOfLook(settings.split === 'holdout' && look !== null ? look : 1);
  const all = (count: number) => (found.cases === 0 ? 0 : Math.round((count * total) / found.cases));
  const [inputTokens, outputTokens] = [all(found.inputTokens), all(found.outputTokens)];
  const answering = costOf(resolved.price, { inputTokens, outputTokens, cachedInputTokens: 0 });
  const judging = await estimateJudging(
    workbench,
    { ...settings, scorers: resolved.scorers },
    resolved,
    expectedReplies(resolved, judged, all(found.calls)),
  );
  return {
    cases: total,
    calls: all(found.calls),
    cachedCalls: all(found.cached),
    inputTokens,
    outputTokens,
    costUsd: answering === null || judging?.costUsd === null ? null : answering + (judging?.costUsd ?? 0),
    judging,
    scorers: resolved.scorers,
    detectable: total === 0 ? null : detectablePairedDifference({ n: total, flipShare: assumedFlipShare }),
    exactDetectable: total === 0 ? null : exactDetectableDifference({ n: total, flipShare: assumedFlipShare, level }),
    holdoutLook: look,
    problems: problemsOf(total, { unrenderable: all(found.unrenderable), first: found.first }, resolved),
  };
}

/** What may be answered: what is expected, or words in its place. */
function expectedReplies({ version: { content }, price }: ResolvedRun, cases: readonly EvalCase[], total: number) {
  const compiled = compilePrompt(content);
  const some = cases.flatMap((item) => {
    const messages = renderCase(compiled, item.variables);
    if (!Array.isArray(messages)) return [];
    const outputTokens = estimateOutputTokens(content, item.expected);
    const usage = { inputTokens: estimateMessageTokens(messages), outputTokens, cachedInputTokens: 0 };
    const words = 'word '.repeat(Math.round((outputTokens * 3) / 4));
    const { expected } = item;
    const output = typeof expected === 'string' ? expected : expected === null ? words : JSON.stringify(expected);
    const facts = { finishReason: 'stop' as const, usage, costUsd: costOf(price, usage), latencyMs: null };
    return [{ reply: { output, messages, ...facts }, case: item }];
  });
  return { some, total };
}

async function nextLook({ stores }: Workbench, { prompt, set, setVersion, settings, provider }: ResolvedRun) {
  if (settings.split === 'dev' || provider.standIn) return null;
  if ((await stores.evalSets.countCases(setVersion, { split: 'holdout' })) === 0) return null;
  return (await stores.runLists.holdoutLookCount(prompt.id, set.id)) + 1;
}

/** What was found of the cases that were looked at. */
type Found = Record<'cases' | 'calls' | 'cached' | 'inputTokens' | 'outputTokens' | 'unrenderable', number> & {
  /** Why the first one can't be rendered. */
  first: string | null;
};

/** Adds what some cases would take to what was found. */
async function callEstimator(workbench: Workbench, { version, settings, provider, model }: ResolvedRun) {
  const { content } = version;
  const compiled = compilePrompt(content);
  const revision = await revisionOf(provider, model.name, workbench.codeVersion);
  return async (cases: readonly EvalCase[], found: Found): Promise<void> => {
    const calls = new Map<string, { inputTokens: number; outputTokens: number }>();
    for (const item of cases) {
      found.cases += 1;
      const messages = renderCase(compiled, item.variables);
      if (!Array.isArray(messages)) {
        found.unrenderable += 1;
        found.first ??= messages.message;
        continue;
      }
      const tokens = {
        inputTokens: estimateMessageTokens(messages),
        outputTokens: estimateOutputTokens(content, item.expected),
      };
      const { parameters, responseFormat } = content;
      const call = { model: model.name, messages, parameters, responseFormat };
      for (let repeat = 0; repeat < settings.repeats; repeat += 1) {
        found.calls += 1;
        calls.set(cacheKey({ ...call, connection: model.connection, revision, repeat }), tokens);
      }
    }
    const { results } = workbench.stores;
    const { kept } = settings.useCache
      ? await keptReplies(results, [...calls.keys()], { ...content, provider })
      : { kept: new Map() };
    found.cached += kept.size;
    for (const [key, { inputTokens, outputTokens }] of calls) {
      if (kept.has(key)) continue;
      found.inputTokens += inputTokens;
      found.outputTokens += outputTokens;
    }
  };
}

function problemsOf(
  cases: number,
  { unrenderable, first }: Pick<Found, 'unrenderable' | 'first'>,
  { settings, set }: ResolvedRun,
) {
  if (cases === 0) {
    return [
      {
        code: 'no_cases',
        message: `The set "${set.name}" has no ${settings.split === 'all' ? '' : `${settings.split} `}cases.`,
      },
    ];
  }
  if (first === null) return [];
  return [
    {
      code: 'unrenderable',
      message: `${unrenderable} of ${cases} cases can't be rendered and will be errors. The first: ${first}`,
    },
  ];
}
