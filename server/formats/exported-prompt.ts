import type { EvalCase } from '../domain/evaluation-set.ts';
import type { Prompt, PromptVersion } from '../domain/prompt.ts';
import type { Release } from '../domain/release.ts';
import type { SplitChoice } from '../domain/run.ts';
import type { ScorerSpec } from '../domain/scorer.ts';

/** A prompt version on its way out; its content has the parameters of the release where it is exported as one. */
export type ExportedPrompt = {
  project: string;
  prompt: Pick<Prompt, 'slug' | 'name'>;
  version: PromptVersion;
  variables: readonly string[];
  release: Release | null;
  /** Labels that point to the release. */
  labels: readonly string[];
  /** For a format that has them. */
  tests?: ExportedTests;
};

/** The cases of a side of a set, and what judges them. */
export type ExportedTests = {
  set: string;
  setVersion: number;
  split: SplitChoice;
  scorers: readonly ScorerSpec[];
  cases: readonly EvalCase[];
};
