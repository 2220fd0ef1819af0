import { contentHash } from '../../domain/content-hash.ts';
import { parseModelReference } from '../../domain/model.ts';
import { type ScorerTools, ScoringError } from '../../domain/scorer.ts';
import { type Provider, ProviderError } from '../../providers/provider.ts';
import { revisionOf } from './revision-of.ts';
import type { RunDependencies } from './run-work.ts';

/** Asks an embedding model; the vector of a text is asked for once and kept beside the replies. */
export async function createEmbedder(
  { stores: { results }, codeVersion }: RunDependencies,
  provider: Provider,
  reference: string,
): Promise<ScorerTools['embed']> {
  const { name } = parseModelReference(reference);
  const revision = await revisionOf(provider, name, codeVersion);
  const keyOf = (text: string) => contentHash({ embedding: reference, revision, text });
  return async (texts, signal) => {
    if (provider.embed === undefined) throw new ScoringError('judge_failed', `${reference} makes no embeddings.`);
    const kept = await results.cached(texts.map(keyOf));
    const vectors = new Map<string, number[]>();
    for (const text of texts) {
      const response = kept.get(keyOf(text));
      if (response !== undefined) vectors.set(text, fromBase64(response));
    }
    const asked = [...new Set(texts)].filter((text) => !vectors.has(text));
    const given = asked.length === 0 ? [] : await provider.embed(name, asked, signal).catch(failed);
    for (const [index, text] of asked.entries()) {
      const vector = given[index];
      if (vector === undefined) throw new ScoringError('judge_failed', `${reference} gave fewer vectors than texts.`);
      vectors.set(text, vector);
      await results.keepReply({ key: keyOf(text), response: toBase64(vector) });
    }
    return texts.map((text) => vectors.get(text) ?? []);
  };
}

function failed(error: unknown): never {
  if (error instanceof ProviderError) throw new ScoringError('judge_failed', error.message, { cause: error });
  throw error;
}

/** As JSON, for kept replies are; single precision is more than any model means. */
const toBase64 = (vector: readonly number[]): string =>
  JSON.stringify(Buffer.from(Float32Array.from(vector).buffer).toString('base64'));

function fromBase64(response: string): number[] {
  const bytes = Uint8Array.from(Buffer.from(JSON.parse(response), 'base64'));
  return [...new Float32Array(bytes.buffer)];
}
