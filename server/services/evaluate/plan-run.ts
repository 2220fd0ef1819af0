import { cacheKey } from '../../domain/cache-key.ts';
import { estimateOutputTokens } from '../../domain/output-estimate.ts';
import { costOf } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { detectablePairedDifference } from '../../domain/statistics/detectable-effect.ts';
import { compilePrompt } from '../../domain/template.ts';
import { estimateMessageTokens } from '../../domain/tokens.ts';
import type { Workbench } from '../workbench.ts';
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
  /** Null where the model has no price. */
  costUsd: number | null;
  scorers: readonly ScorerSpec[];
  /** Smallest true difference between two runs on these cases that would be found with power .8 where one case in ten flips; null where none would. */
  detectable: number | null;
  problems: readonly { code: string; message: string }[];
};

const keysPerLookUp = 500;
/** Share of flips taken before there is a run to take it from. */
const assumedFlipShare = 0.1;

export const planRun = async (workbench: Workbench, project: Project, request: RunRequest): Promise<RunPlan> =>
  planResolvedRun(workbench, await resolveRun(workbench, project, request));

export async function planResolvedRun(workbench: Workbench, resolved: ResolvedRun): Promise<RunPlan> {
  const { version, setVersion, settings, provider, model } = resolved;
  const { content } = version;
  const compiled = compilePrompt(content);
  const cases = await workbench.stores.evalSets.cases(setVersion, { split: settings.split });
  const revision = await revisionOf(provider, model.name, workbench.codeVersion);
  const calls: { key: string; inputTokens: number; outputTokens: number }[] = [];
  const unrenderable: string[] = [];
  for (const item of cases) {
    const messages = renderCase(compiled, item.variables);
    if (!Array.isArray(messages)) {
      unrenderable.push(messages.message);
      continue;
    }
    const inputTokens = estimateMessageTokens(messages);
    const outputTokens = estimateOutputTokens(content, item.expected);
    for (let repeat = 0; repeat < settings.repeats; repeat += 1) {
      const call = {
        model: model.name,
        messages,
        parameters: content.parameters,
        responseFormat: content.responseFormat,
      };
      calls.push({
        key: cacheKey({ ...call, connection: model.connection, revision, repeat }),
        inputTokens,
        outputTokens,
      });
    }
  }
  const cached = settings.useCache
    ? await cachedKeys(
        workbench,
        calls.map((call) => call.key),
      )
    : new Set<string>();
  const asked = calls.filter((call) => !cached.has(call.key));
  const inputTokens = asked.reduce((sum, call) => sum + call.inputTokens, 0);
  const outputTokens = asked.reduce((sum, call) => sum + call.outputTokens, 0);
  return {
    cases: cases.length,
    calls: calls.length,
    cachedCalls: calls.length - asked.length,
    inputTokens,
    outputTokens,
    costUsd: costOf(resolved.price, { inputTokens, outputTokens, cachedInputTokens: 0 }),
    scorers: resolved.scorers,
    detectable:
      cases.length === 0 ? null : detectablePairedDifference({ n: cases.length, flipShare: assumedFlipShare }),
    problems: problemsOf(cases.length, unrenderable, resolved),
  };
}

function problemsOf(cases: number, unrenderable: readonly string[], { settings, set }: ResolvedRun) {
  if (cases === 0) {
    return [
      {
        code: 'no_cases',
        message: `The set "${set.name}" has no ${settings.split === 'all' ? '' : `${settings.split} `}cases.`,
      },
    ];
  }
  const [first] = unrenderable;
  if (first === undefined) return [];
  return [
    {
      code: 'unrenderable',
      message: `${unrenderable.length} of ${cases} cases can't be rendered and will be errors. The first: ${first}`,
    },
  ];
}

async function cachedKeys({ stores }: Workbench, keys: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < keys.length; start += keysPerLookUp) {
    for (const key of (await stores.results.cached(keys.slice(start, start + keysPerLookUp))).keys()) found.add(key);
  }
  return found;
}
