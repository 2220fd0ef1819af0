import { contentHash } from '../../domain/content-hash.ts';
import type { Project } from '../../domain/project.ts';
import type { Message, ModelParameters, Prompt, PromptVersion, ResponseFormat } from '../../domain/prompt.ts';
import type { Release } from '../../domain/release.ts';
import { slugOf } from '../../domain/slug.ts';
import { compilePrompt } from '../../domain/template.ts';
import { findProject } from '../scope/find-project.ts';
import type { Workbench } from '../workbench.ts';
import { findPrompt } from './find-version.ts';
import { type LabelReference, labelMissing } from './move-label.ts';

/** A released prompt as a program needs it. */
export type ServedPrompt = {
  project: string;
  prompt: string;
  label: string;
  /** Id of the release: what an observation names. */
  release: number;
  version: number;
  contentHash: string;
  model: string;
  messages: readonly Message[];
  parameters: ModelParameters;
  responseFormat: ResponseFormat;
  variables: readonly string[];
  evidenceDigest: string;
};

type Served = { served: ServedPrompt; tag: string };
const MOST_KEPT = 200;
/** A release never changes, so what was served of it as a label stays. */
const kept = new WeakMap<Workbench['stores'], Map<string, Served>>();

/** What a label points to now, with a tag that changes when anything of it does. Throws `project_missing`, `prompt_missing`, `label_missing`. */
export async function servePrompt(
  workbench: Pick<Workbench, 'stores'>,
  { project: projectName, ...reference }: LabelReference & { project: string },
): Promise<Served> {
  const { stores } = workbench;
  const slugs = { project: slugOf(projectName), prompt: slugOf(reference.prompt), label: reference.label };
  const release = await stores.releases.labelledRelease(slugs);
  const known = kept.get(stores) ?? new Map<string, Served>();
  kept.set(stores, known);
  const key = `${release} ${reference.label}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const served = await serve(workbench, await findProject(workbench, projectName), reference);
  known.set(key, served);
  for (const oldest of known.keys()) if (known.size > MOST_KEPT) known.delete(oldest);
  return served;
}

async function serve(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { prompt: name, label }: LabelReference,
): Promise<Served> {
  const { prompt, release, version } = await releasedBy(workbench, project, { prompt: name, label });
  const { messages, responseFormat } = version.content;
  const served: ServedPrompt = {
    project: project.slug,
    prompt: prompt.slug,
    label,
    release: release.id,
    version: version.number,
    contentHash: version.contentHash,
    model: release.model,
    messages,
    parameters: release.parameters,
    responseFormat,
    variables: compilePrompt(version.content).variables,
    evidenceDigest: release.evidenceDigest,
  };
  return { served, tag: contentHash(served) };
}

/** What a label points to now. Throws `prompt_missing`, `label_missing`. */
export async function releasedBy(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { prompt: name, label }: LabelReference,
): Promise<{ prompt: Prompt; release: Release; version: PromptVersion }> {
  const { stores } = workbench;
  const prompt = await findPrompt(workbench, project, name);
  const release = await stores.releases.labelled(prompt.id, label);
  if (release === null) throw labelMissing(prompt, label);
  return { prompt, release, version: await stores.prompts.getVersion(release.promptVersionId) };
}
