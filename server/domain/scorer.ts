import type { JsonObject, JsonValue } from './json.ts';

/** How one scorer takes part in a run. */
export type ScorerSpec = {
  name: string;
  /** The scorer's own argument, as typed after the colon in `contains:refund`; empty where it needs none. */
  args: string;
  negate: boolean;
  weight: number;
};

export type ScoredOutput = {
  output: string;
  expected: JsonValue;
  variables: JsonObject;
  /** The labels that the prompt's response format, else the set's expected values, allow. */
  labels: readonly string[];
  /** The JSON schema of the prompt's response format. */
  schema: JsonObject | null;
};

/** One scorer's judgement of one output. `value: null` means that no answer was found, which is not a wrong answer. */
export type Score = {
  value: number | null;
  passed: boolean;
  /** What the scorer read as the answer. */
  answer: string | null;
  explanation: string;
};

/** A file in `evals/scorers`. */
export type Scorer = {
  name: string;
  /** One sentence for people, and an example of the argument. */
  description: string;
  argument: { needed: boolean; example: string } | null;
  /** Reads the argument once per run. Throws `scorer_argument_invalid`. */
  prepare(args: string): (scored: ScoredOutput) => Score;
};

export type Outcome = 'passed' | 'failed' | 'no_answer';
export type NamedScore = Score & { scorer: string };
