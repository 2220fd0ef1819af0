import path from 'node:path';
import type { Project } from '../../domain/project.ts';
import { readProjectFolder } from '../../formats/project-folder.ts';
import { readSetFolder } from '../../formats/set-folder.ts';
import { importCases } from '../evaluate/import-set.ts';
import { createRun } from '../evaluate/start-run.ts';
import type { Workbench } from '../workbench.ts';

/** The sample that a new workbench opens with. */
const sample = 'restaurant-reviews';
/** Author of what comes with the sample. */
export const sampleAuthor = 'Whetstone';
/** What sorts the sample's reviews where no model can be had. */
export const standIn = 'builtin/lexicon';

/**
 * Puts the sample project into a workbench that has no project: its scope, set and prompt versions, and a queued run of each version on dev and of
 * those that the sample names on holdout. Nothing is canned: `executeWaitingRuns` executes them. Null where there is a project already.
 */
export async function openSample(
  workbench: Workbench,
  programDirectory: string,
  model: string = standIn,
): Promise<Project | null> {
  const { stores } = workbench;
  if ((await stores.projects.list()).length > 0) return null;
  const folder = await readProjectFolder(path.join(programDirectory, 'prompts', sample));
  const { cases, licence: _, ...set } = await readSetFolder(path.join(programDirectory, 'evals', 'sets', folder.set));
  const project = await stores.projects.create(folder.name);
  await stores.projects.saveScope(project.id, folder.scope, sampleAuthor);

  const imported = { fileName: folder.set, author: sampleAuthor };
  const { set: evalSet } = await importCases(workbench, project, set, cases, imported);
  const saved = [];
  for (const { prompt: promptName, content, note, holdout } of folder.versions) {
    const prompt =
      (await stores.prompts.find(project.id, promptName)) ?? (await stores.prompts.create(project.id, promptName));
    const parent = (await stores.prompts.version(prompt.id, null))?.number ?? null;
    const { version } = await stores.prompts.addVersion(prompt.id, { content, note, author: sampleAuthor, parent });
    saved.push({ prompt: prompt.slug, version: version.number, holdout });
  }
  for (const split of ['dev', 'holdout'] as const) {
    for (const { holdout, ...version } of saved) {
      if (split === 'dev' || holdout)
        await createRun(workbench, project, { ...version, set: evalSet.slug, model, split });
    }
  }
  return project;
}
