import { contentHash } from '../../domain/content-hash.ts';
import { parseModelReference } from '../../domain/model.ts';
import { costOf } from '../../domain/price.ts';
import { type ScorerTools, ScoringError } from '../../domain/scorer.ts';
import { estimateAllTokens } from '../../domain/tokens.ts';
import type { Embeddings, Provider } from '../../providers/provider.ts';
import { askUntilAnswered } from './ask-until-answered.ts';
import { priceFor } from './price-for.ts';
import { revisionOf } from './revision-of.ts';
import type { RunDependencies } from './run-work.ts';

/** Longest wait for the vectors of one call. */
const timeoutMs = 120_000;

/** Asks an embedding model as a judge model is asked; the vector of a text is asked for once and kept beside the replies. */
export async function createEmbedder(
  { stores: { results }, prices, codeVersion }: RunDependencies,
  provider: Provider,
  reference: string,
): Promise<ScorerTools['embed']> {
  const { name } = parseModelReference(reference);
  const price = priceFor(await prices.table(), reference, provider);
  const revision = await revisionOf(provider, name, codeVersion);
  const keyOf = (text: string) => contentHash({ embedding: reference, revision, text });
  const ask = async (texts: readonly string[], signal: AbortSignal) => {
    const { vectors, inputTokens } = await embed(provider, { name, reference, texts }, signal);
    const costUsd = costOf(price, { inputTokens, outputTokens: 0, cachedInputTokens: 0 });
    const asked = new Map<string, readonly number[]>();
    for (const [index, text] of texts.entries()) {
      const vector = vectors[index];
      if (vector === undefined)
        throw new ScoringError('judge_failed', `${reference} gave fewer vectors than texts.`, { costUsd });
      asked.set(text, vector);
      await results.keepReply({ key: keyOf(text), response: toBase64(vector) });
    }
    return { asked, costUsd };
  };
  return async (texts, signal) => {
    const keys = new Map(texts.map((text) => [text, keyOf(text)]));
    const responses = await results.cached([...keys.values()]);
    const kept = new Map<string, readonly number[]>();
    for (const [text, key] of keys) {
      const response = responses.get(key);
      if (response !== undefined) kept.set(text, fromBase64(response));
    }
    const known = new Map(kept);
    const costs: (number | null)[] = [];
    const learn = async (open: readonly string[]) => {
      if (open.length === 0) return;
      const { asked, costUsd } = await ask(open, signal);
      costs.push(costUsd);
      for (const [text, vector] of asked) known.set(text, vector);
    };
    await learn([...keys.keys()].filter((text) => !kept.has(text)));
    // Kept ones of another length are from before the server changed its model.
    if (new Set([...known.values()].map(({ length }) => length)).size > 1) await learn([...kept.keys()]);
    const costUsd = costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
    return { vectors: texts.map((text) => known.get(text) ?? []), costUsd };
  };
}

async function embed(
  provider: Provider,
  { name, reference, texts }: { name: string; reference: string; texts: readonly string[] },
  signal: AbortSignal,
): Promise<Embeddings> {
  const asked = await askUntilAnswered(
    provider,
    {
      expectedTokens: () => estimateAllTokens(texts),
      make: (options) => {
        if (provider.embed === undefined) throw new ScoringError('judge_failed', `${reference} makes no embeddings.`);
        return provider.embed(name, texts, options);
      },
      usedTokens: ({ inputTokens }) => inputTokens,
    },
    { timeoutMs, signal },
  );
  if (asked.type === 'dropped') throw signal.reason;
  if (asked.type === 'failure') {
    const { message } = asked.failure;
    throw new ScoringError('judge_failed', `The embedding model ${reference} gave no vectors: ${message}`);
  }
  return asked.reply;
}

/** As JSON, for kept replies are; single precision is more than any model means. */
const toBase64 = (vector: readonly number[]): string =>
  JSON.stringify(Buffer.from(Float32Array.from(vector).buffer).toString('base64'));

function fromBase64(response: string): number[] {
  const bytes = Uint8Array.from(Buffer.from(JSON.parse(response), 'base64'));
  return [...new Float32Array(bytes.buffer)];
}
