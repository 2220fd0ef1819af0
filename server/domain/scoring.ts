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

export const scoringJobStatuses = ['running', 'stopped', 'interrupted', 'failed', 'done'] as const;
export type ScoringJobStatus = (typeof scoringJobStatuses)[number];

/** How far a later scoring of a run's stored outputs is. */
export type ScoringJob = Scoring & {
  /** The scoring's number among those of its run. */
  number: number;
  status: ScoringJobStatus;
  reason: string;
  /** Outputs there are to judge, and how many are judged. */
  total: number;
  done: number;
  /** What asking models has cost; null where a price is missing. */
  costUsd: number | null;
  startedAt: string;
  endedAt: string | null;
};
