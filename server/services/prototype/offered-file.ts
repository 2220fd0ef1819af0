import { conflict, WhetstoneError } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptContent } from '../../domain/prompt.ts';
import { PromptFolder } from '../../formats/prompt-folder.ts';
import type { Workbench } from '../workbench.ts';
import { pairs, pushFile } from './sync-prompts.ts';

type Watching = Pick<Workbench, 'stores' | 'promptsDirectory'>;
export type OfferedFile = {
  watched: boolean;
  file: {
    path: string;
    state: 'only_file' | 'file_changed' | 'conflict';
    hash: string;
    note: string;
    content: PromptContent;
  } | null;
  problem: string | null;
};

/** The file of a prompt where it says something that no version does yet. A file that can't be read is data: who edits it sees why. */
export async function offeredFile(workbench: Watching, project: Project, name: string): Promise<OfferedFile> {
  if (workbench.promptsDirectory === null) return { watched: false, file: null, problem: null };
  try {
    const pair = await findPair(workbench, project, new PromptFolder(workbench.promptsDirectory, project.slug), name);
    if (pair === undefined) return { watched: true, file: null, problem: null };
    const {
      state,
      file: { path, hash, note, content },
    } = pair;
    return { watched: true, file: { path, state, hash, note, content }, problem: null };
  } catch (error) {
    if (!(error instanceof WhetstoneError) || error.kind !== 'invalid') throw error;
    return { watched: true, file: null, problem: error.message };
  }
}

/** Saves the file as the next version. Throws `prompt_file_changed` where it is another one than the person saw, `prompt_invalid`. */
export async function saveOffered(
  workbench: Watching,
  project: Project,
  name: string,
  { hash, note, author }: { hash: string; note: string; author: string },
): Promise<{ version: number }> {
  const folder = new PromptFolder(workbench.promptsDirectory ?? '', project.slug);
  const pair = workbench.promptsDirectory === null ? undefined : await findPair(workbench, project, folder, name);
  if (pair === undefined || pair.file.hash !== hash) {
    throw conflict('prompt_file_changed', 'The file was changed again meanwhile. Look at it once more, then save it.');
  }
  return { version: await pushFile(workbench, project, folder, { ...pair, note: note || pair.file.note, author }) };
}

async function findPair(workbench: Watching, project: Project, folder: PromptFolder, only: string) {
  const [pair] = (await folder.names()).includes(only) ? await pairs(workbench, project, folder, { only }) : [];
  if (pair === undefined) return undefined;
  const { file, state } = pair;
  const offered = state === 'only_file' || state === 'file_changed' || state === 'conflict';
  return file !== null && offered ? { ...pair, file, state } : undefined;
}
