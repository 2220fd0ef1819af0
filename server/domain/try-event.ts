/** What comes of asking a model once: pieces of text, then how it ended. */
export type TryEvent =
  | { type: 'text'; text: string }
  | {
      type: 'done';
      output: string;
      finishReason: string;
      inputTokens: number;
      outputTokens: number;
      costUsd: number | null;
      latencyMs: number;
      notes: readonly string[];
    }
  | { type: 'error'; code: string; message: string };
