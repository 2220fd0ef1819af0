import path from 'node:path';
import type { Project } from '../../domain/project.ts';
import { readProjectFolder } from '../../formats/project-folder.ts';
import { readSetFolder } from '../../formats/set-folder.ts';
import { importCases } from '../evaluate/import-set.ts';
import { createRun } from '../evaluate/start-run.ts';
import type { Workbench } from '../workbench.ts';

/** The sample that a new workbench opens with. */
const sample = 'restaurant-reviews';
const model = 'builtin/lexicon';
const author = 'Whetstone';

/**
 * Puts the sample project into a workbench that has no project: its scope, set and prompt versions, and a queued run of each version on dev and of
 * the newest on holdout. Nothing is canned: `executeWaitingRuns` executes them. Null where there is a project already.
 */
export async function openSample(workbench: Workbench, programDirectory: string): Promise<Project | null> {
  const { stores } = workbench;
  if ((await stores.projects.list()).length > 0) return null;
  const folder = await readProjectFolder(path.join(programDirectory, 'prompts', sample));
  const { cases, licence: _, ...set } = await readSetFolder(path.join(programDirectory, 'evals', 'sets', folder.set));
  const project = await stores.projects.create(folder.name);
  await stores.projects.saveScope(project.id, folder.scope, author);

  const { set: evalSet } = await importCases(workbench, project, set, cases, { fileName: folder.set, author });

  for (const { prompt: promptName, content, note } of folder.versions) {
    const prompt =
      (await stores.prompts.find(project.id, promptName)) ?? (await stores.prompts.create(project.id, promptName));
    const parent = (await stores.prompts.version(prompt.id, null))?.number ?? null;
    const { version } = await stores.prompts.addVersion(prompt.id, { content, note, author, parent });
    await createRun(workbench, project, { prompt: prompt.slug, version: version.number, set: evalSet.slug, model });
  }
  for (const prompt of await stores.prompts.list(project.id)) {
    await createRun(workbench, project, { prompt: prompt.slug, set: evalSet.slug, model, split: 'holdout' });
  }
  return project;
}

/**
 * Executes, one after the other, the runs of the stand-in that wait or were interrupted. Runs of other models wait for a person: nothing that costs money
 * is ever asked without being told to.
 */
export async function executeWaitingRuns({ stores, runner }: Workbench): Promise<void> {
  for (const project of await stores.projects.list()) {
    const runs = (await stores.runs.list(project.id)).reverse();
    for (const run of runs) {
      if (!run.standIn || (run.status !== 'queued' && run.status !== 'interrupted')) continue;
      const { status } = await (await runner.start(run.id)).finished;
      // Someone paused it, or the program is ending.
      if (status !== 'completed') return;
    }
  }
}
