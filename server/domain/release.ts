import type { HoldoutLook } from './holdout-claim.ts';
import type { ProjectId, PromptId, PromptVersionId, ReleaseId, RunId } from './ids.ts';
import type { JudgeStanding } from './judge-calibration.ts';
import type { PriceBasis } from './price-basis.ts';
import type { ModelParameters } from './prompt.ts';
import type { RateSummary } from './run.ts';
import type { Split } from './split.ts';
import type { Comparison } from './statistics/comparison.ts';
import type { Interval } from './statistics/interval.ts';

/** What one run says for a version, frozen when it was approved. */
export type RunEvidence = {
  runId: RunId;
  evalSet: string;
  evalSetVersion: number;
  split: Split;
  rates: RateSummary;
  /** Which look at the holdout cases it was for its prompt; missing on dev, and in evidence of an earlier version of this program. */
  holdout?: HoldoutLook;
  /** What was known of the judge models that the rate rests on; missing where none judged. */
  judges?: readonly JudgeStanding[];
  /** Missing in evidence of an earlier version of this program. */
  judgedBy?: JudgedBy;
  /** What people called its failures, most frequent first; missing where nobody read any. */
  failures?: readonly { category: string; count: number }[];
  /** Of holdout cases, for the minimums that the scope asks by tag; missing where it asks none. */
  tags?: readonly TagEvidence[];
  costUsdPer1000Calls: number | null;
  /** By what its calls were priced; missing where none was, and in evidence of an earlier version of this program. */
  pricedBy?: readonly PriceBasis[];
  latencyP95Ms: number | null;
  createdAt: string;
};

/** What the rate rests on: the run's scorers as they are typed, and how many cases of the set have scorers of their own. */
export type JudgedBy = { scorers: readonly string[]; threshold: number | null; casesWithOwn: number };

/** The rate of the cases with a tag; `interval` as wide as its look at holdout requires, null where the rate's own is not Wilson's. */
export type TagEvidence = { tag: string; rates: RateSummary; interval: Interval | null };

/** A run of the candidate against one of what `production` points to, on the same cases. */
export type AgainstProduction = {
  release: number;
  version: number;
  model: string;
  runs: { production: RunId; candidate: RunId };
  split: Split;
  evalSet: string;
} & Pick<Comparison<string>, 'n' | 'fixed' | 'broken' | 'difference' | 'interval' | 'pValue' | 'verdict'>;

/** `not_provable`: the figure meets it, but its interval's bound does not at this n. `not_asked`: the scope names no such criterion. */
export type CriterionState = 'met' | 'missed' | 'not_provable' | 'no_evidence' | 'not_asked';
export type Criterion = {
  name: 'pass_rate' | 'tag' | 'cost' | 'latency';
  /** Of a minimum by tag: whose cases. */
  tag?: string;
  /** Of the cost: by what the calls of the run that decides were priced. */
  pricedBy?: readonly PriceBasis[];
  state: CriterionState;
  target: number | null;
  observed: number | null;
  /** Lower bound of a pass rate's interval; null for the others. */
  bound: number | null;
  /** Of a pass rate: how many cases it is of, and how many more gave no usable reply. Missing in evidence of an earlier version of this program. */
  n?: number;
  errors?: number;
};

/** The version that evidence is of, by the hash of its content, so that the digest binds the two. */
export type EvidenceSubject = { prompt: string; version: number; contentHash: string; model: string };
/** Holdout cases of a set's newest version that no run was on. */
export type UnseenHoldout = { evalSet: string; evalSetVersion: number; cases: number };

export type Evidence = {
  /** Missing in evidence of an earlier version of this program. */
  subject?: EvidenceSubject;
  runs: readonly RunEvidence[];
  criteria: readonly Criterion[];
  /** One for each side that both were run on; missing where nothing else is in production. */
  againstProduction?: readonly AgainstProduction[];
  /** Missing where all were seen. */
  unseenHoldout?: readonly UnseenHoldout[];
};

/** What decides whether a gate is passed: the criterion, and of the minimums by tag the tag. */
export type Gate = { name: Criterion['name']; tag?: string };
/** A gate that was not met, and why the version was approved all the same. Kept for ever. */
export type Override = Gate & { state: CriterionState; reason: string };

/** An approved prompt version with the evidence it was approved on. Immutable. */
export type Release = {
  id: ReleaseId;
  projectId: ProjectId;
  promptId: PromptId;
  promptVersionId: PromptVersionId;
  /** Counts up within its prompt. */
  number: number;
  model: string;
  parameters: ModelParameters;
  evidence: Evidence;
  /** SHA-256 of the evidence's canonical JSON. */
  evidenceDigest: string;
  note: string;
  approvedBy: string;
  overrides: readonly Override[];
  createdAt: string;
};

/** One move of a label; the newest says where it points. Append-only. */
export type LabelMove = {
  id: number;
  promptId: PromptId;
  label: string;
  releaseId: ReleaseId;
  kind: 'move' | 'roll_back';
  reason: string;
  author: string;
  createdAt: string;
};
