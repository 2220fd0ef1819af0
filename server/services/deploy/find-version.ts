import { missing } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/** By slug or by name as written. Throws `prompt_missing`. */
export async function findPrompt({ stores }: Stores, project: Project, nameOrSlug: string): Promise<Prompt> {
  const prompt = await stores.prompts.find(project.id, nameOrSlug);
  if (prompt !== null) return prompt;
  throw missing(
    'prompt_missing',
    `${project.name} has no prompt "${nameOrSlug}". "whetstone prompts list" shows those there are.`,
  );
}

/** Throws `prompt_missing`, `prompt_version_missing`. */
export async function findVersion(
  workbench: Stores,
  project: Project,
  named: { prompt: string; version: number },
): Promise<{ prompt: Prompt; version: PromptVersion }> {
  const prompt = await findPrompt(workbench, project, named.prompt);
  const version = await workbench.stores.prompts.version(prompt.id, named.version);
  if (version !== null) return { prompt, version };
  throw missing(
    'prompt_version_missing',
    `The prompt "${prompt.name}" has no version ${named.version}. "whetstone prompts list" shows the newest.`,
  );
}
