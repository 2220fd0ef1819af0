import type { ResultId } from './ids.ts';
import type { Outcome } from './scorer.ts';

/** What a person holds of an answer, whatever the scorers said. */
export type Verdict = Extract<Outcome, 'passed' | 'failed'>;

/** A person's reading of a result. Append-only: the newest review of a result counts. */
export type Review = {
  resultId: ResultId;
  /** Failure category in the team's own words; empty where none was given. */
  category: string;
  note: string;
  /** Null where none was given. */
  verdict: Verdict | null;
  author: string;
  createdAt: string;
};
