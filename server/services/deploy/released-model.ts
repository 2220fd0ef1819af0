import { invalid, missing } from '../../domain/errors.ts';
import { type JsonObject, parseJsonObject } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import { compilePrompt } from '../../domain/template.ts';
import { findProject } from '../scope/find-project.ts';
import type { Workbench } from '../workbench.ts';
import type { LabelReference } from './move-label.ts';
import { releasedBy } from './serve-prompt.ts';

type Stores = Pick<Workbench, 'stores'>;
/** A turn as a chat client sends it. */
export type ChatTurn = { role: string; content: string };

/** What `project/prompt@label` names, as programs write the model of a chat. Throws `released_model_missing`, `project_missing`. */
export async function findReleasedModel(
  workbench: Stores,
  name: string,
): Promise<{ project: Project; reference: LabelReference }> {
  const [, projectName, prompt, label] = /^([^/]+)\/([^@]+)@(.+)$/.exec(name) ?? [];
  if (projectName === undefined || prompt === undefined || label === undefined) {
    throw missing(
      'released_model_missing',
      `"${name}" names no released prompt. Write project/prompt@label, such as restaurant-reviews/sentiment@production; GET /v1/models lists them.`,
    );
  }
  return { project: await findProject(workbench, projectName), reference: { prompt, label } };
}

/** Every label that points to a release, as a model's name, with when it was pointed there. */
export async function releasedModels({ stores }: Stores): Promise<{ name: string; since: string }[]> {
  const found: { name: string; since: string }[] = [];
  for (const project of await stores.projects.list()) {
    for (const prompt of await stores.prompts.list(project.id)) {
      const moves = await stores.releases.moves(prompt.id);
      for (const { label } of await stores.releases.presentLabels(prompt.id)) {
        const since = moves.find((move) => move.label === label)?.createdAt ?? '';
        found.push({ name: `${project.slug}/${prompt.slug}@${label}`, since });
      }
    }
  }
  return found;
}

/**
 * What a chat fills a released prompt's variables with: what it says outright; a variable `messages` takes the whole conversation; a single variable
 * takes the user's last message, and several take it where it is a JSON object. Throws `variables_unclear`.
 */
export async function variablesOfChat(
  workbench: Stores,
  project: Project,
  reference: LabelReference,
  { variables, messages }: { variables?: JsonObject; messages: readonly ChatTurn[] },
): Promise<JsonObject> {
  if (variables !== undefined) return variables;
  const { version } = await releasedBy(workbench, project, reference);
  const names = compilePrompt(version.content).variables;
  if (names.length === 0) return {};
  if (names.includes('messages')) return { messages: messages.map(({ role, content }) => ({ role, content })) };
  const last = messages.findLast(({ role }) => role === 'user')?.content;
  const [only] = names;
  if (last !== undefined && only !== undefined && names.length === 1) return { [only]: last };
  const read = last === undefined ? null : parseJsonObject(last);
  if (read !== null) return read;
  throw invalid(
    'variables_unclear',
    `This prompt takes ${names.join(', ')}: send them as "variables" beside "model", or as a JSON object in the user's message.`,
    { details: { variables: names } },
  );
}
