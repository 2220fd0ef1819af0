import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JudgePrompt } from '../domain/scorer.ts';
import { readPromptFile } from './read-prompt-file.ts';

const versionFile = /^(?<name>[a-z0-9-]+)\.v(?<version>\d+)\.prompt\.yml$/;

/** The judge prompts of a folder, `NAME.vN.prompt.yml`. Throws `prompt_file_invalid`. */
export async function readJudgePrompts(folder: string): Promise<JudgePrompt[]> {
  const files = (await readdir(folder)).flatMap((file) => {
    const parts = versionFile.exec(file)?.groups;
    return parts?.name === undefined ? [] : [{ file, name: parts.name, version: Number(parts.version) }];
  });
  return Promise.all(
    files.map(async ({ file, name, version }) => {
      const fileName = path.join(folder, file);
      return { name, version, content: readPromptFile(fileName, await readFile(fileName, 'utf8')).content };
    }),
  );
}
