import type { RunStatus, SplitChoice } from './run.ts';

export const archivedChoices = ['without', 'with', 'only'] as const;

/** What a list of runs is narrowed to. */
export type RunFilter = {
  prompt?: string;
  version?: number;
  model?: string;
  set?: string;
  split?: SplitChoice;
  status?: RunStatus;
  tag?: string;
  /** Where nothing is said, archived runs are there as well. */
  archived?: (typeof archivedChoices)[number];
  /** Each of its words must stand in what names the run, in its note or in its tags. */
  search?: string;
};

export type RunSearch = RunFilter & {
  /** The last run seen; those before it come. */
  after?: number;
  limit?: number;
};

/** What there is to narrow the runs of a project to. */
export type RunChoices = {
  prompts: string[];
  models: string[];
  sets: string[];
  tags: string[];
  statuses: RunStatus[];
  /** How many runs are archived. */
  archived: number;
};
