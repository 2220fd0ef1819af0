import { contentHash } from './content-hash.ts';
import type { ObservationId, OnlineScoringId, PromptId } from './ids.ts';
import type { ScorerSpec } from './scorer.ts';

/** One generation of the scorers that judge a share of a prompt's production calls; a change makes the next one, and earlier ones stay. */
export type OnlineScoring = {
  id: OnlineScoringId;
  promptId: PromptId;
  /** Counts up within its prompt. */
  number: number;
  scorers: readonly ScorerSpec[];
  /** Of the calls, 0 < share ≤ 1. */
  share: number;
  /** Whether calls that name no release are taken as the prompt's. */
  unreleased: boolean;
  /** It draws from the observations after this one. */
  fromId: ObservationId | 0;
  /** How far it has come: observations up to this one were drawn or passed over. */
  seenId: ObservationId | 0;
  /** Null while it scores what comes. */
  endedAt: string | null;
  author: string;
  createdAt: string;
};

/** Why a scorer can't judge production's answers. */
export const onlineRefusals = ['asks_model', 'needs_expected', 'not_reported'] as const;
export type OnlineRefusal = (typeof onlineRefusals)[number];

/**
 * Where an observation stands between 0 and 1, uniformly: a share s of them is those below s. It depends on nothing but the two ids (SHA-256 of
 * "prompt:observation", the first 52 bits), so the draw can be repeated, knows nothing of what was answered, and a larger share holds the smaller one.
 */
export const samplePlace = (prompt: PromptId, observation: ObservationId): number =>
  Number.parseInt(contentHash(`${prompt}:${observation}`).slice(0, 13), 16) / 2 ** 52;

export const isSampled = (prompt: PromptId, observation: ObservationId, share: number): boolean =>
  samplePlace(prompt, observation) < share;
