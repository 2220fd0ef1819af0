import type { ScorerSpec } from './scorer.ts';

/** Models, as `connection/name`, that the scorers of a scoring ask; null where none does. */
export type ScoringModels = { judgeModel: string | null; embeddingModel: string | null };

/** How the outputs of a run are judged. */
export type Scoring = ScoringModels & {
  scorers: readonly ScorerSpec[];
  /** With several scorers: the weighted mean that passes; null = each must pass. */
  threshold: number | null;
};

export const noScoringModels: ScoringModels = { judgeModel: null, embeddingModel: null };
