import type { JudgeStanding } from '../../domain/judge-calibration.ts';
import type { Message } from '../../domain/prompt.ts';
import type { Run, RunSummary, SplitChoice } from '../../domain/run.ts';
import type { AlignedGroup, AlignedPair } from '../../domain/run-alignment.ts';
import type { Outcome } from '../../domain/scorer.ts';
import type { Interval } from '../../domain/statistics/interval.ts';

export type ReportLanguage = 'en' | 'zh-CN';

/** A run as a report shows it. */
export type ReportRun = Pick<
  Run,
  | 'id'
  | 'model'
  | 'standIn'
  | 'parameters'
  | 'status'
  | 'statusReason'
  | 'note'
  | 'codeVersion'
  | 'servedModel'
  | 'createdAt'
> &
  Omit<RunSummary, 'judgeCounts'> & {
    project: string;
    prompt: string;
    version: number;
    set: string;
    setVersion: number;
    split: SplitChoice;
    judges: readonly JudgeStanding[];
    scorers: readonly string[];
  };

export type ReportAnswer = {
  outcome: Outcome | 'error';
  output: string | null;
  error: { code: string; message: string } | null;
  explanations: readonly string[];
};

export type ReportCase = {
  key: string;
  input: string;
  expected: string;
  /** What became of it against the baseline; null in the report of one run. */
  group: AlignedGroup | null;
  /** In the order of the runs; null where a run does not have the case. */
  answers: readonly (ReportAnswer | null)[];
};

/** A rate of one part of a run's cases. */
export type ReportRate = { name: string; passRate: number; interval: Interval; n: number };

/** What a person said of the run. */
type ReportComment = { text: string; author: string; createdAt: string; resolved: boolean };

/** What a report says. Its cases are the first of `caseCount`. */
export type Report = { createdAt: string; cases: readonly ReportCase[]; caseCount: number } & (
  | {
      type: 'run';
      run: ReportRun;
      messages: readonly Message[];
      comments: readonly ReportComment[];
      /** What each of several scorers said by itself. */
      metrics: readonly ReportRate[];
      /** pass@k and pass^k for each k; empty where each case was asked once. */
      repeats: readonly ReportRate[];
      flaky: { count: number; n: number } | null;
      /** Where cases belong together: the pass rate with its error over groups. */
      groups: { cases: number; groups: number; passRate: number; interval: Interval } | null;
      tags: readonly ReportRate[];
      labels: readonly ReportRate[];
    }
  | {
      type: 'comparison';
      /** The first is the baseline. */
      runs: readonly ReportRun[];
      /** Each other run against it, in the order of the runs. */
      pairs: readonly (AlignedPair & { warnings: readonly { code: string; message: string }[] })[];
    }
);
