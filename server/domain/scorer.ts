import type { FinishReason, TokenUsage } from './completion.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Message, ModelParameters, PromptContent, ResponseFormat } from './prompt.ts';
import type { ToolCall } from './tool-call.ts';

/** How one scorer takes part in a run. */
export type ScorerSpec = {
  name: string;
  /** The scorer's own argument, as typed after the colon in `contains:refund`; empty where it needs none. */
  args: string;
  negate: boolean;
  weight: number;
  /** The name that its scores go by; the scorer as typed where none is given. */
  metric?: string;
};

/** What a reply was besides its text. */
export type ReplyFacts = {
  finishReason: FinishReason;
  usage: TokenUsage;
  /** What the call costs where it is made, kept reply or not; null without a price. */
  costUsd: number | null;
  /** Null where a kept reply does not say. */
  latencyMs: number | null;
};

export type ScoredOutput = {
  output: string;
  expected: JsonValue;
  variables: JsonObject;
  /** The labels that the prompt's response format, else the set's expected values, allow. */
  labels: readonly string[];
  /** The JSON schema of the prompt's response format. */
  schema: JsonObject | null;
  /** What the model was asked. */
  messages: readonly Message[];
  /** Tools that it asked for beside its text. */
  toolCalls?: readonly ToolCall[];
  reply: ReplyFacts;
};

/** Why a scorer could not judge: neither a pass nor a fail. */
export const scoringFailures = [
  /** It has a bug. */
  'scorer_failed',
  /** The judge model gave no usable reply. */
  'judge_failed',
  /** The judge replied, and no verdict can be read in it. */
  'judge_unreadable',
  /** What it judges by was not measured, such as the latency of a kept reply. */
  'not_measured',
  /** Its script took too long or too much, or threw. */
  'script_failed',
] as const;
export type ScoringFailure = (typeof scoringFailures)[number];

/** One scorer's judgement of one output. `value: null` means that no answer was found, which is not a wrong answer. */
export type Score = {
  value: number | null;
  passed: boolean;
  /** What the scorer read as the answer. */
  answer: string | null;
  explanation: string;
  /** Set where it could not judge; the explanation then says why. */
  failure?: ScoringFailure;
  /** What the model calls of the judging cost; null where a price is missing, left out where there were none. */
  costUsd?: number | null;
  /** Digest of the judge model and prompt that judged, where one did: a new version of either is another judge. */
  judge?: string;
};

type ScorerFacts = {
  name: string;
  /** One sentence for people, and an example of the argument. */
  description: string;
  argument: { needed: boolean; example: string } | null;
  /**
   * How it uses what the case expects, with this argument; left out where it never does. `needed`: without it there is no answer. `where_given`: it
   * judges by it where there is one, and otherwise by the output alone.
   */
  usesExpected?(args: string): 'needed' | 'where_given' | null;
};

/** Judges by the output and the case alone. */
export type PureScorer = ScorerFacts & {
  needs?: undefined;
  /** Reads the argument once per run. Throws `scorer_argument_invalid`. */
  prepare(args: string): (scored: ScoredOutput) => Score;
};

export const scorerNeeds = ['judge_model', 'embedding_model', 'script', 'scorers'] as const;
export type ScorerNeed = (typeof scorerNeeds)[number];

/** Judges with the help of something else: a model, a script, other scorers. */
export type AssistedScorer = ScorerFacts & {
  needs: ScorerNeed;
  /** Reads the argument once per run and uses no tool yet. Throws `scorer_argument_invalid`. */
  prepare(args: string, tools: ScorerTools): (scored: ScoredOutput, signal: AbortSignal) => Promise<Score>;
};

/** By what a scorer looks at, or judges with. */
export const scorerGroups = [
  'text',
  'structure',
  'limits',
  'similarity',
  'model_graded',
  'retrieval',
  'code',
  'composition',
] as const;
export type ScorerGroup = (typeof scorerGroups)[number];

/** A file in `evals/scorers`. */
export type Scorer = PureScorer | AssistedScorer;

export type JudgeRequest = {
  messages: readonly Message[];
  responseFormat: ResponseFormat;
  parameters: ModelParameters;
};

/** What a judge model wrote, and what asking cost: nothing where the reply was kept, null without a price. */
export type JudgeText = { output: string; costUsd: number | null };

export type JudgePrompt = { name: string; version: number; content: PromptContent };

/** What a scorer may use beyond the output. What it can't get, it throws as a `ScoringError`. */
export type ScorerTools = {
  /** Throws `scorer_missing`. */
  scorer(name: string): Scorer;
  /** A judge prompt that came with the program, else a prompt of the project: its newest version, or the one that is named, as in `tone@2`. */
  judgePrompt(reference: string): Promise<JudgePrompt>;
  /** `connection/name` of the judge model. */
  judgeModel(): string;
  /**
   * Asks the judge model, and gives what `read` makes of the reply. An equal request is answered from the response cache, which keeps no reply that `read` throws a
   * `ScoringError` for.
   */
  askJudge<Said>(request: JudgeRequest, read: (reply: JudgeText) => Said, signal: AbortSignal): Promise<Said>;
  /** A vector of length 1 for each text, in their order; those of equal texts are kept and cost nothing. */
  embed(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ vectors: readonly (readonly number[])[]; costUsd: number | null }>;
  /** The text of a scorer of one's own, by its name and the hash that the run is held at. */
  scorerFile(reference: string): Promise<string>;
  /** Runs JavaScript that can reach nothing but `input`; what it returns. */
  runScript(source: string, input: JsonObject, signal: AbortSignal): Promise<JsonValue>;
};

/** Thrown while judging, where a scorer can't judge. */
export class ScoringError extends Error {
  readonly code: ScoringFailure;
  /** What the calls cost that came to nothing; as in `Score`. */
  readonly costUsd: number | null | undefined;

  constructor(code: ScoringFailure, message: string, options?: { cause?: unknown; costUsd?: number | null }) {
    super(message, options);
    this.name = 'ScoringError';
    this.code = code;
    this.costUsd = options?.costUsd;
  }
}

export type Outcome = 'passed' | 'failed' | 'no_answer';
/** `own`: what the case holds in place of the run's scorer. */
export type NamedScore = Score & { scorer: string; own?: string };
