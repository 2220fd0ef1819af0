import type { ResultId } from './ids.ts';

/** A person's reading of a result. Append-only: the newest review of a result counts. */
export type Review = {
  resultId: ResultId;
  /** Failure category in the team's own words; empty where none was given. */
  category: string;
  note: string;
  author: string;
  createdAt: string;
};
