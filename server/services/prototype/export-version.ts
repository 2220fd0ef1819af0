import { missing } from '../../domain/errors.ts';
import type { ExportFormat } from '../../domain/export-format.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import type { Release } from '../../domain/release.ts';
import { compilePrompt } from '../../domain/template.ts';
import { exportPrompt } from '../../formats/export-prompt.ts';
import type { ExportedPrompt } from '../../formats/exported-prompt.ts';
import { unifiedDiff } from '../../formats/line-diff.ts';
import { writePromptYml } from '../../formats/prompt-yml.ts';
import { findPrompt, findVersion } from '../deploy/find-version.ts';
import { labelMissing } from '../deploy/move-label.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;
/** Which version: the one that a label points to, else the one of that number, else the newest. */
export type VersionChoice = { prompt: string; version?: number; label?: string };

/**
 * A version as a file of another format, with the model, parameters and evidence of its newest release where it has one.
 * Throws `prompt_missing`, `prompt_version_missing`, `label_missing`, `prompty_not_possible`.
 */
export async function exportVersion(
  workbench: Stores,
  project: Project,
  choice: VersionChoice,
  format: ExportFormat,
): Promise<{ fileName: string; text: string }> {
  const prompt = await findPrompt(workbench, project, choice.prompt);
  const { version, release } = await chooseVersion(workbench, project, prompt, choice);
  const labels = await workbench.stores.releases.presentLabels(prompt.id);
  return exportPrompt(format, {
    ...exportedVersion(project, prompt, version),
    release,
    labels: labels.filter((present) => present.release.id === release?.id).map(({ label }) => label),
  });
}

/** What differs between two versions, as a unified diff of their `.prompt.yml` files. Throws `prompt_missing`, `prompt_version_missing`. */
export async function diffVersions(
  workbench: Stores,
  project: Project,
  name: string,
  numbers: { before: number; after: number },
): Promise<string> {
  const file = async (number: number) => {
    const { prompt, version } = await findVersion(workbench, project, { prompt: name, version: number });
    return { name: `${prompt.slug}@${number}`, text: writePromptYml(exportedVersion(project, prompt, version)) };
  };
  return unifiedDiff(await file(numbers.before), await file(numbers.after));
}

async function chooseVersion(
  { stores }: Stores,
  project: Project,
  prompt: Prompt,
  { label, version: number }: VersionChoice,
): Promise<{ version: PromptVersion; release: Release | null }> {
  if (label !== undefined) {
    const release = await stores.releases.labelled(prompt.id, label);
    if (release === null) throw labelMissing(prompt, label);
    const version = await stores.prompts.getVersion(release.promptVersionId);
    return { version: { ...version, content: { ...version.content, parameters: release.parameters } }, release };
  }
  const version = await stores.prompts.version(prompt.id, number ?? null);
  if (version === null) {
    const which = number === undefined ? 'no version yet. Save one first' : `no version ${number}`;
    throw missing('prompt_version_missing', `The prompt "${prompt.name}" has ${which}.`);
  }
  const releases = await stores.releases.list(project.id);
  return { version, release: releases.find(({ promptVersionId }) => promptVersionId === version.id) ?? null };
}

/** A version as it is written into a file that stands for no release. */
export const exportedVersion = (project: Project, prompt: Prompt, version: PromptVersion): ExportedPrompt => ({
  project: project.slug,
  prompt,
  version,
  variables: compilePrompt(version.content).variables,
  release: null,
  labels: [],
});
