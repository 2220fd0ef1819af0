import { cacheKey } from '../../domain/cache-key.ts';
import type { EvalCase, EvalSetVersion } from '../../domain/evaluation-set.ts';
import { isJsonObject } from '../../domain/json.ts';
import { parseModelReference } from '../../domain/model.ts';
import { costOf, type Price } from '../../domain/price.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptVersion, ResponseFormat } from '../../domain/prompt.ts';
import { schemaExample } from '../../domain/schema-example.ts';
import type { JudgeRequest, ScorerTools } from '../../domain/scorer.ts';
import type { Scoring } from '../../domain/scoring.ts';
import { estimateAllTokens, estimateMessageTokens, estimateTokens } from '../../domain/tokens.ts';
import { allowedProvider } from '../allowed-model.ts';
import type { Workbench } from '../workbench.ts';
import { needsWithCases, scorersOfCases } from './case-scorers.ts';
import { priceFor } from './price-for.ts';
import { revisionOf } from './revision-of.ts';
import { createJudge, type JudgedReply } from './run-work.ts';

/** What judging would ask of models, beside the model that answers. Tokens and cost are of the calls that the cache does not answer. */
export type JudgingEstimate = {
  /** Of the judge model. */
  calls: number;
  cachedCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** Texts whose embeddings are asked for. */
  texts: number;
  /** Null where a model has no price. */
  costUsd: number | null;
};
type About = { project: Project; version: PromptVersion; setVersion: EvalSetVersion };
/** An output and the case that it answers. */
type Judged = { reply: JudgedReply; case: Pick<EvalCase, 'expected' | 'variables' | 'scorers'> };

/** Outputs that are looked at; the others are taken to be like them. */
export const mostJudgingPlanned = 200;

/**
 * Lets the scorers of a scoring judge some outputs with what they ask written down and not asked, and takes `total` outputs to be like these. Null where no
 * scorer asks a model. The reply of a judge is taken to be as long as its schema lets expect.
 */
export async function estimateJudging(
  workbench: Workbench,
  scoring: Scoring,
  about: About,
  outputs: { some: readonly Judged[]; total: number },
): Promise<JudgingEstimate | null> {
  const own = await scorersOfCases(workbench, about.setVersion, 'all');
  const { judge_model: judges, embedding_model: embeds } = needsWithCases(scoring, own);
  if (judges === undefined && embeds === undefined) return null;
  const asked: Asked = { requests: new Map(), texts: new Set() };
  const judge = await createJudge(workbench, { ...scoring, ...about }, (tools) => recorder(tools, asked));
  const { signal } = new AbortController();
  for (const { reply, case: item } of outputs.some) await judge(reply, item, signal);
  const model = judges === undefined ? null : await modelOf(workbench, about.project, scoring.judgeModel);
  const keys = model === null ? [] : [...asked.requests.values()].map((request) => model.keyOf(request));
  const cached = await workbench.stores.results.cached(keys);
  const open = [...asked.requests.values()].filter((_, at) => !cached.has(keys[at] ?? ''));
  const share = outputs.some.length === 0 ? 0 : outputs.total / outputs.some.length;
  const all = (count: number) => Math.round(count * share);
  const inputTokens = all(open.reduce((sum, { messages }) => sum + estimateMessageTokens(messages), 0));
  const outputTokens = all(open.reduce((sum, request) => sum + replyTokens(request), 0));
  const embedder = embeds === undefined ? null : await modelOf(workbench, about.project, scoring.embeddingModel);
  const embedded = { inputTokens: all(estimateAllTokens([...asked.texts])), outputTokens: 0 };
  const costs = [
    ...(model === null ? [] : [costOf(model.price, { inputTokens, outputTokens, cachedInputTokens: 0 })]),
    ...(embedder === null ? [] : [costOf(embedder.price, { ...embedded, cachedInputTokens: 0 })]),
  ];
  return {
    calls: all(asked.requests.size),
    cachedCalls: all(cached.size),
    inputTokens,
    outputTokens,
    texts: all(asked.texts.size),
    costUsd: costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0),
  };
}

type Asked = { requests: Map<string, JudgeRequest>; texts: Set<string> };

/** Equal requests are asked once: the cache answers the others. */
const recorder = (tools: ScorerTools, { requests, texts }: Asked): ScorerTools => ({
  ...tools,
  async askJudge(request, read) {
    requests.set(JSON.stringify(request), request);
    return read({ output: replyText(request.responseFormat), costUsd: 0 });
  },
  async embed(asked) {
    for (const text of asked) texts.add(text);
    return { vectors: asked.map(() => [1]), costUsd: 0 };
  },
  runScript: async () => true,
});

async function modelOf(workbench: Workbench, project: Project, reference: string | null) {
  if (reference === null) return null;
  const provider = await allowedProvider(workbench, project, reference);
  const { connection, name } = parseModelReference(reference);
  const revision = await revisionOf(provider, name, workbench.codeVersion);
  const price: Price | null = priceFor(await workbench.prices.table(), reference, provider);
  const keyOf = (request: JudgeRequest) => cacheKey({ model: name, ...request, connection, revision, repeat: 0 });
  return { price, keyOf };
}

const replyTokens = ({ responseFormat, parameters }: JudgeRequest): number =>
  Math.min(parameters.maxTokens ?? Number.POSITIVE_INFINITY, estimateTokens(replyText(responseFormat)));

function replyText(format: ResponseFormat): string {
  if (format.type === 'labels') return format.labels[0] ?? '';
  if (format.type === 'text') return 'pass';
  const { schema } = format.schema;
  return JSON.stringify(schemaExample(isJsonObject(schema) ? schema : format.schema));
}
