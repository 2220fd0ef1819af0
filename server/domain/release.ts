import type { HoldoutLook } from './holdout-claim.ts';
import type { ProjectId, PromptId, PromptVersionId, ReleaseId, RunId } from './ids.ts';
import type { JudgeStanding } from './judge-calibration.ts';
import type { ModelParameters } from './prompt.ts';
import type { RateSummary } from './run.ts';
import type { Split } from './split.ts';

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
  costUsdPer1000Calls: number | null;
  latencyP95Ms: number | null;
  createdAt: string;
};

/** `not_provable`: the figure meets it, but its interval's bound does not at this n. `not_asked`: the scope names no such criterion. */
export type CriterionState = 'met' | 'missed' | 'not_provable' | 'no_evidence' | 'not_asked';
export type Criterion = {
  name: 'pass_rate' | 'cost' | 'latency';
  state: CriterionState;
  target: number | null;
  observed: number | null;
  /** Lower bound of the pass rate's interval; null for the others. */
  bound: number | null;
};

export type Evidence = { runs: readonly RunEvidence[]; criteria: readonly Criterion[] };

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
