import type { BatchStatus } from '../domain/batch.ts';
import type { Completion, CompletionFailure, CompletionRequest } from '../domain/completion.ts';

/** A batch as its provider tells of it. */
export type ProviderBatch = {
  id: string;
  status: Exclude<BatchStatus, 'submitting'>;
  completed: number;
  failed: number;
  expiresAt: string | null;
  /** Why it failed as a whole; null where it did not. */
  failure: { code: string; message: string } | null;
  files: readonly string[];
  /** Those that hold answers. */
  outputs: readonly string[];
};

/** What became of a request of a batch; `unanswered` where it was given up before it was asked. */
export type BatchAnswer =
  | { type: 'completion'; completion: Completion }
  | { type: 'failure'; failure: CompletionFailure; retryable: boolean }
  | { type: 'unanswered' };

/** A request that came back; what it asked and which settings were left out of it makes the answer readable. */
export type BatchLine = {
  id: string;
  read(request: CompletionRequest, leftOut: readonly string[]): BatchAnswer;
};

/** Requests that are answered within a day, at a lower price. Everything throws `ProviderError`, and rejects with the signal's reason when aborted. */
export type ProviderBatches = {
  /** What it takes in one batch. */
  readonly limits: { requests: number; bytes: number };
  /** Null where the server does not say. */
  offered(signal: AbortSignal): Promise<boolean | null>;
  /** Settings that the model refused before, and that no request holds therefore. */
  leftOut(model: string): readonly string[];
  /** A request as it is sent, with the end of its line. The answer comes back under its id. */
  line(id: string, request: CompletionRequest): string;
  /** Sends a file of such lines under a name of our own. */
  submit(marker: string, lines: Blob, signal: AbortSignal): Promise<ProviderBatch>;
  /** The batch that was sent under this name; null where there is none. */
  find(marker: string, signal: AbortSignal): Promise<ProviderBatch | null>;
  /** Null where the provider does not know it any more. */
  status(id: string, signal: AbortSignal): Promise<ProviderBatch | null>;
  /** It ends soon after, with what is answered by then. */
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** What came back of a batch that ended, in any order. */
  answers(batch: ProviderBatch, signal: AbortSignal): AsyncIterable<BatchLine>;
  /** Deletes its files at the provider. */
  discard(batch: ProviderBatch, signal: AbortSignal): Promise<void>;
};
