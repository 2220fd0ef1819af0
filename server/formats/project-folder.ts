import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Scope } from '../domain/scope.ts';
import type { PromptFile } from './prompt-file.ts';
import { readPromptFile } from './read-prompt-file.ts';
import { readYaml } from './yaml-source.ts';

/** A project that is kept as a folder: `project.yml` and its prompt versions, `NAME.vN.prompt.yml`, oldest first. */
export type ProjectFolder = {
  name: string;
  /** Folder of its evaluation set below `evals/sets`. */
  set: string;
  scope: Scope;
  versions: readonly (PromptFile & { prompt: string })[];
};

const projectFields = z.strictObject({
  name: z.string().trim().min(1).max(80),
  set: z.string().regex(/^[a-z0-9-]+$/),
  scope: z.strictObject({
    problem: z.string(),
    users: z.string(),
    inputs: z.string(),
    outputs: z.string(),
    targetPassRate: z.number().min(0).max(1),
    maxCostUsdPer1000Calls: z.number().nonnegative(),
    maxLatencyP95Ms: z.number().positive(),
    dataMayLeave: z.boolean(),
  }),
});

const versionFile = /^(?<prompt>[a-z0-9-]+)\.v(?<number>\d+)\.prompt\.yml$/;

/** Throws `project_file_invalid`, `prompt_file_invalid`. */
export async function readProjectFolder(folder: string): Promise<ProjectFolder> {
  const about = path.join(folder, 'project.yml');
  const project = readYaml(
    { fileName: about, text: await readFile(about, 'utf8') },
    projectFields,
    'project_file_invalid',
  );
  const files = (await readdir(folder)).flatMap((name) => {
    const parts = versionFile.exec(name)?.groups;
    return parts?.prompt === undefined ? [] : [{ name, prompt: parts.prompt, number: Number(parts.number) }];
  });
  files.sort((a, b) => a.number - b.number || a.prompt.localeCompare(b.prompt));
  const versions = await Promise.all(
    files.map(async ({ name, prompt }) => {
      const fileName = path.join(folder, name);
      return { prompt, ...readPromptFile(fileName, await readFile(fileName, 'utf8')) };
    }),
  );
  return { ...project, versions };
}
