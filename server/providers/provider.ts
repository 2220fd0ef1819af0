import type { Completion, CompletionFailure, CompletionRequest } from '../domain/completion.ts';
import type { DataDestination, ModelFacts } from '../domain/model.ts';
import type { StartedCall } from '../domain/request-pacer.ts';
import type { ProviderBatches } from './batches.ts';
import type { CallGate } from './call-gate.ts';

export type CallOptions = {
  signal: AbortSignal;
  /** What the gate let start, so that the server's word on its limits is read rightly. */
  started?: StartedCall;
};

export type CompleteOptions = CallOptions & {
  /** Called with each piece of the answer as it comes; asks the model to stream. */
  onText?: (text: string) => void;
};

/** A vector of length 1 for each text, in their order, and the tokens of all texts. */
export type Embeddings = { vectors: readonly (readonly number[])[]; inputTokens: number };

/** What answers. One call each time: retries, caching and concurrency are the engine's. */
export type Provider = {
  /** First part of a model reference. */
  readonly connection: string;
  readonly destination: DataDestination;
  readonly standIn: boolean;
  /** Lets calls start as the connection's limits allow; missing where there can be none. */
  readonly gate?: CallGate;
  /** Missing where every call is answered at once. */
  readonly batches?: ProviderBatches;
  /** Names of the models it has. Throws `ProviderError`. */
  models(signal: AbortSignal): Promise<readonly string[]>;
  /** Throws `ProviderError`; rejects with the signal's reason when aborted. */
  complete(request: CompletionRequest, options: CompleteOptions): Promise<Completion>;
  /** What it knows of a model of its own; null, or missing, where its name has to tell. */
  facts?(model: string): Promise<ModelFacts | null>;
  /** Tells answers of different models of one name apart, such as the digest of a file. */
  revision?(model: string): Promise<string>;
  /** Missing where the connection embeds nothing. Throws `ProviderError`. */
  embed?(model: string, texts: readonly string[], options: CallOptions): Promise<Embeddings>;
  /** Those of its models that make embeddings; missing where it embeds nothing. Throws `ProviderError`. */
  embeddingModels?(signal: AbortSignal): Promise<readonly string[]>;
};

/** Why a call gave no usable reply, and whether and when to try again. */
export class ProviderError extends Error {
  readonly failure: CompletionFailure;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    failure: CompletionFailure,
    options: { retryable: boolean; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(failure.message, { cause: options.cause });
    this.name = 'ProviderError';
    this.failure = failure;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
