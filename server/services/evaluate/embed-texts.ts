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
  return async (texts, signal) => {
    const keys = new Map(texts.map((text) => [text, keyOf(text)]));
    const kept = await results.cached([...keys.values()]);
    const known = new Map<string, readonly number[]>();
    for (const [text, key] of keys) {
      const response = kept.get(key);
      if (response !== undefined) known.set(text, fromBase64(response));
    }
    const unknown = [...keys].filter(([text]) => !known.has(text));
    let costUsd: number | null = 0;
    if (unknown.length > 0) {
      const asked = unknown.map(([text]) => text);
      const { vectors, inputTokens } = await embed(provider, { name, reference, texts: asked }, signal);
      costUsd = costOf(price, { inputTokens, outputTokens: 0, cachedInputTokens: 0 });
      for (const [index, [text, key]] of unknown.entries()) {
        const vector = vectors[index];
        if (vector === undefined)
          throw new ScoringError('judge_failed', `${reference} gave fewer vectors than texts.`, { costUsd });
        known.set(text, vector);
        await results.keepReply({ key, response: toBase64(vector) });
      }
    }
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
