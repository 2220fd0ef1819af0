import type { FinishReason } from './completion.ts';
import type { Judgement } from './result.ts';

/** What comes of asking a model once: pieces of text, then how it ended. */
export type AnswerEvent =
  | { type: 'text'; text: string }
  | {
      type: 'done';
      output: string;
      finishReason: FinishReason;
      inputTokens: number;
      outputTokens: number;
      costUsd: number | null;
      latencyMs: number;
      notes: readonly string[];
    }
  | { type: 'error'; code: string; message: string };

/** The same, and after `done` how it was judged where it was held against something. */
export type TryEvent = AnswerEvent | ({ type: 'judged' } & Pick<Judgement, 'outcome' | 'scores'>);
