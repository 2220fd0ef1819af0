import type { Prompt, PromptVersion } from '../domain/prompt.ts';
import type { Release } from '../domain/release.ts';

/** A prompt version on its way out; its content has the parameters of the release where it is exported as one. */
export type ExportedPrompt = {
  project: string;
  prompt: Pick<Prompt, 'slug' | 'name'>;
  version: PromptVersion;
  variables: readonly string[];
  release: Release | null;
  /** Labels that point to the release. */
  labels: readonly string[];
};
