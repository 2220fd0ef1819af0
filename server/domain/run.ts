import type { EvalSetVersionId, ProjectId, PromptVersionId, RunId } from './ids.ts';
import type { JudgeCount } from './judge-calibration.ts';
import type { ModelParameters } from './prompt.ts';
import type { ScorerSpec } from './scorer.ts';
import { noScoringModels, type ScoringModels } from './scoring.ts';
import type { Split } from './split.ts';
import type { Interval } from './statistics/interval.ts';

export const runStatuses = ['queued', 'running', 'paused', 'completed', 'cancelled', 'interrupted', 'failed'] as const;
/** `interrupted`: its process ended before it did. `failed`: it ended with more errors than allowed, or could not start. */
export type RunStatus = (typeof runStatuses)[number];

/** Statuses from which `resume` goes on. */
export const resumableStatuses: readonly RunStatus[] = ['queued', 'paused', 'cancelled', 'interrupted', 'failed'];

/** `batch`: the provider answers within a day, at a lower price; see `Batch`. */
export const runModes = ['live', 'batch'] as const;
export type RunMode = (typeof runModes)[number];

export type SplitChoice = Split | 'all';
export type ErrorLimit = { type: 'count'; value: number } | { type: 'rate'; value: number };

export type RunSettings = {
  mode: RunMode;
  split: SplitChoice;
  repeats: number;
  concurrency: number;
  useCache: boolean;
  /** The run pauses before it would cost more. */
  maxCostUsd: number | null;
  /** The run fails above it. */
  maxErrors: ErrorLimit;
  /** With several scorers: the weighted mean that passes; null = each must pass. */
  threshold: number | null;
  /** Longest wait for one reply. */
  timeoutMs: number;
  /** Pass rate at which the run ends early, once it clearly lies above or below; its cases are then asked in random order. Null: all are asked. */
  stopAtRate: number | null;
} & ScoringModels;

export const defaultRunSettings: RunSettings = {
  mode: 'live',
  split: 'dev',
  repeats: 1,
  concurrency: 8,
  useCache: true,
  maxCostUsd: null,
  maxErrors: { type: 'rate', value: 0.05 },
  threshold: null,
  timeoutMs: 60_000,
  stopAtRate: null,
  ...noScoringModels,
};

/** One prompt version × one model × one set version × scorers × settings. */
export type Run = {
  id: RunId;
  projectId: ProjectId;
  promptVersionId: PromptVersionId;
  evalSetVersionId: EvalSetVersionId;
  /** `connection/name`. */
  model: string;
  standIn: boolean;
  parameters: ModelParameters;
  scorers: readonly ScorerSpec[];
  settings: RunSettings;
  status: RunStatus;
  /** Why it stands where it stands, for people; empty where there is nothing to say. */
  statusReason: string;
  /** Items of the plan: cases × repeats. */
  total: number;
  note: string;
  codeVersion: string;
  /** What the server said it served; null before the first reply. */
  servedModel: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  tags: readonly string[];
  /** Since when it is out of the way; null where it is not. */
  archivedAt: string | null;
};

/** Counts of results and what follows from them. Errors stand beside the rate, never in it; `noAnswer` is part of `failed`. */
export type RateSummary = {
  passed: number;
  failed: number;
  noAnswer: number;
  errors: number;
  /** Cases that were judged: what the rate and its interval are over. With repeats a case counts once. */
  n: number;
  /** Null where nothing was judged. */
  passRate: number | null;
  interval: Interval | null;
};

export type RunSummary = RateSummary & {
  total: number;
  /** Results stored so far, errors included. */
  done: number;
  /** Tokens and cost of the calls that were made, every attempt; answers from the cache took none. */
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  /** Null where an answer has no known cost, because its model is not in the price table. */
  costUsd: number | null;
  /** Cost of the model calls that judging took, in the scoring that counts; null as above. */
  judgingCostUsd: number | null;
  /** What the judges of the scoring that counts said, each by itself. */
  judgeCounts: readonly JudgeCount[];
  /** Results answered from the response cache. */
  cached: number;
  /** Time during which the run was executing. */
  wallMs: number;
  /** Over replies that were not from the cache; null where there were none. */
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  bySplit: Readonly<Partial<Record<Split, RateSummary>>>;
};
