import { missing } from '../domain/errors.ts';
import type { Project } from '../domain/project.ts';
import type { Prompt, PromptVersion } from '../domain/prompt.ts';
import { findPrompt, findVersion } from '../services/deploy/find-version.ts';
import { labelMissing } from '../services/deploy/move-label.ts';
import type { Workbench } from '../services/workbench.ts';
import type { PromptReference } from './arguments.ts';

/** The version that `NAME`, `NAME@VERSION` or `NAME@LABEL` means. Throws `prompt_missing`, `prompt_version_missing`, `label_missing`. */
export async function findReferencedVersion(
  workbench: Workbench,
  project: Project,
  reference: PromptReference,
): Promise<{ prompt: Prompt; version: PromptVersion }> {
  const { stores } = workbench;
  if (reference.type === 'version') {
    return findVersion(workbench, project, { prompt: reference.name, version: reference.number });
  }
  const prompt = await findPrompt(workbench, project, reference.name);
  if (reference.type === 'label') {
    const release = await stores.releases.labelled(prompt.id, reference.label);
    if (release === null) throw labelMissing(prompt, reference.label);
    return { prompt, version: await stores.prompts.getVersion(release.promptVersionId) };
  }
  const version = await stores.prompts.version(prompt.id, null);
  if (version !== null) return { prompt, version };
  throw missing(
    'prompt_version_missing',
    `The prompt "${prompt.name}" has no version yet. "whetstone prompts add" makes one.`,
  );
}
