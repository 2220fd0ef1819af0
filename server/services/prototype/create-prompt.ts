import { invalid } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import { slugOf } from '../../domain/slug.ts';
import type { Workbench } from '../workbench.ts';
import { type PromptView, promptView } from './show-prompt.ts';

/** Makes a prompt without a version. Throws `prompt_name_invalid`, `prompt_exists`. */
export async function createPrompt(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  name: string,
): Promise<PromptView> {
  if (slugOf(name) === '') {
    throw invalid('prompt_name_invalid', `"${name}" has no letter or digit. Give the prompt a name that has some.`);
  }
  return promptView(workbench, await workbench.stores.prompts.create(project.id, name.trim()));
}
