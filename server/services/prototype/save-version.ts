import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptContent } from '../../domain/prompt.ts';
import { contentProblems } from '../../domain/prompt-problems.ts';
import type { NewPromptVersion } from '../../storage/prompt-store.ts';
import { findPrompt } from '../deploy/find-version.ts';
import type { Workbench } from '../workbench.ts';
import { type PromptVersionView, versionViews } from './show-prompt.ts';

/**
 * Saves a version of a prompt; equal content gives the version that has it, with `created: false`.
 * Throws `prompt_missing`, `prompt_invalid`, `prompt_version_missing`, `prompt_changed_meanwhile`.
 */
export async function saveVersion(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  name: string,
  draft: NewPromptVersion,
): Promise<{ version: PromptVersionView; created: boolean }> {
  const { prompts } = workbench.stores;
  const prompt = await findPrompt(workbench, project, name);
  requireValid(draft.content);
  if (draft.parent !== null && (await prompts.version(prompt.id, draft.parent)) === null) {
    throw invalid(
      'prompt_version_missing',
      `The prompt "${prompt.name}" has no version ${draft.parent} to go on from.`,
    );
  }
  const { version, created } = await prompts.addVersion(prompt.id, draft);
  const [view] = await versionViews(workbench, prompt, [version]);
  if (view === undefined) throw new Error(`version ${version.number} has no view`);
  return { version: view, created };
}

/** Throws `prompt_invalid` with all that keeps it from being used. */
export function requireValid(content: PromptContent): void {
  const problems = contentProblems(content);
  const [first] = problems;
  if (first === undefined) return;
  const place = [
    first.message === null ? [] : [`message ${first.message + 1}`],
    first.line === null ? [] : [`line ${first.line}`],
  ].flat();
  const where = place.length === 0 ? '' : ` (${place.join(', ')})`;
  throw invalid('prompt_invalid', `This version can't be saved: ${first.text}${where}. Correct it and save again.`, {
    details: { problems },
  });
}
