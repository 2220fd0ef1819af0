import type { Generated } from 'kysely';
import type { ObservationId, OnlineScoringId, PromptId } from '../domain/ids.ts';
import type { Fixed, Instant, Json } from './column.ts';

/** What production's answers are scored by, and the scores. */
export type OnlineTables = {
  /** A generation: scorers, share and where it began are given once. */
  onlineScoring: {
    id: Generated<OnlineScoringId>;
    promptId: Fixed<PromptId>;
    number: Fixed<number>;
    scorers: Fixed<Json>;
    share: Fixed<number>;
    unreleased: Fixed<number>;
    /** Observations after this one are drawn from. */
    fromId: Fixed<ObservationId | 0>;
    /** The last observation that was drawn or passed over. */
    seenId: ObservationId | 0;
    endedAt: Instant | null;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  observationScore: {
    observationId: Fixed<ObservationId>;
    scoringId: Fixed<OnlineScoringId>;
    outcome: Fixed<string>;
    /** What each scorer said, a letter of `ScorerLetter` each, in their order: counting 100,000 from the JSON of `scores` takes many times as long. */
    byScorer: Fixed<string>;
    value: Fixed<number | null>;
    scores: Fixed<Json>;
    createdAt: Fixed<Instant>;
  };
};
