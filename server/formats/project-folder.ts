import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Scope } from '../domain/scope.ts';
import type { PromptFile } from './prompt-file.ts';
import { readPromptFile } from './read-prompt-file.ts';
import { scopeFields } from './scope-file.ts';
import { readYaml } from './yaml-source.ts';

/** A project that is kept as a folder: `project.yml` and its prompt versions, `NAME.vN.prompt.yml`, oldest first. */
export type ProjectFolder = {
  name: string;
  /** Folder of its evaluation set below `evals/sets`. */
  set: string;
  scope: Scope;
  /** `holdout`: whether the version is judged on the holdout cases as well. */
  versions: readonly (PromptFile & { prompt: string; holdout: boolean })[];
};

const projectFields = (versions: ReadonlySet<number>) =>
  z.strictObject({
    name: z.string().trim().min(1).max(80),
    set: z.string().regex(/^[a-z0-9-]+$/),
    scope: scopeFields,
    holdout: z
      .array(z.number().refine((number) => versions.has(number), 'there is no version of this number'))
      .optional(),
  });

const versionFile = /^(?<prompt>[a-z0-9-]+)\.v(?<number>\d+)\.prompt\.yml$/;

/**
 * `holdout` of the project names the versions that are judged on holdout: without it the newest of each prompt, because each look at holdout makes it
 * less of one. Throws `project_file_invalid`, `prompt_file_invalid`.
 */
export async function readProjectFolder(folder: string): Promise<ProjectFolder> {
  const files = (await readdir(folder)).flatMap((name) => {
    const parts = versionFile.exec(name)?.groups;
    return parts?.prompt === undefined ? [] : [{ name, prompt: parts.prompt, number: Number(parts.number) }];
  });
  files.sort((a, b) => a.number - b.number || a.prompt.localeCompare(b.prompt));
  const about = path.join(folder, 'project.yml');
  const { holdout, ...project } = readYaml(
    { fileName: about, text: await readFile(about, 'utf8') },
    projectFields(new Set(files.map(({ number }) => number))),
    'project_file_invalid',
  );
  const newest = new Map(files.map(({ prompt, number }) => [prompt, number]));
  const versions = await Promise.all(
    files.map(async ({ name, prompt, number }) => {
      const fileName = path.join(folder, name);
      const onHoldout = holdout?.includes(number) ?? newest.get(prompt) === number;
      return { prompt, holdout: onHoldout, ...readPromptFile(fileName, await readFile(fileName, 'utf8')) };
    }),
  );
  return { ...project, versions };
}
