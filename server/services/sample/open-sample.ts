import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Project } from '../../domain/project.ts';
import { type ProjectFolder, readProjectFolder } from '../../formats/project-folder.ts';
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
 * those that the sample names on holdout. Nothing is canned: `executeWaitingRuns` executes them. What an earlier start was killed over is completed; null
 * where there is another project, or the sample is in use.
 */
export async function openSample(
  workbench: Workbench,
  programDirectory: string,
  model: string = standIn,
): Promise<Project | null> {
  const folder = await readProjectFolder(path.join(programDirectory, 'prompts', sample));
  const project = await projectToFill(workbench, folder);
  if (project === null) return null;
  const { cases, licence: _, ...set } = await readSetFolder(path.join(programDirectory, 'evals', 'sets', folder.set));
  const imported = { fileName: folder.set, author: sampleAuthor };
  const { set: evalSet } = await importCases(workbench, project, set, cases, imported);
  const versions = await saveVersions(workbench, project, folder);
  const made = await workbench.stores.runs.list(project.id);
  for (const split of ['dev', 'holdout'] as const) {
    for (const { id, prompt, version, holdout } of versions) {
      const isThere = made.some((run) => run.promptVersionId === id && run.settings.split === split);
      if (isThere || (split === 'holdout' && !holdout)) continue;
      await createRun(workbench, project, { prompt, version, set: evalSet.slug, model, split });
    }
  }
  return project;
}

/** A new project, or the one that an earlier start began to fill: it has the sample's scope and nothing was run in it. */
async function projectToFill({ stores }: Workbench, { name, scope }: ProjectFolder): Promise<Project | null> {
  const [first, ...others] = await stores.projects.list();
  if (first === undefined) {
    const project = await stores.projects.create(name);
    await stores.projects.saveScope(project.id, scope, sampleAuthor);
    return project;
  }
  const begun = others.length === 0 && isDeepStrictEqual(await stores.projects.scope(first.id), scope);
  return begun && (await stores.runs.list(first.id)).every(({ status }) => status === 'queued') ? first : null;
}

async function saveVersions({ stores: { prompts } }: Workbench, project: Project, { versions }: ProjectFolder) {
  const saved = [];
  for (const { prompt: name, content, note, holdout } of versions) {
    const prompt = (await prompts.find(project.id, name)) ?? (await prompts.create(project.id, name));
    const parent = (await prompts.version(prompt.id, null))?.number ?? null;
    const { version } = await prompts.addVersion(prompt.id, { content, note, author: sampleAuthor, parent });
    saved.push({ id: version.id, prompt: prompt.slug, version: version.number, holdout });
  }
  return saved;
}
