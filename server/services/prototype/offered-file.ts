import { conflict, WhetstoneError } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { PromptContent } from '../../domain/prompt.ts';
import { FileError, type FileProblem } from '../../formats/file-problem.ts';
import { PromptFolder } from '../../formats/prompt-folder.ts';
import type { Workbench } from '../workbench.ts';
import { pairs, pushFile } from './sync-prompts.ts';

type Watching = Pick<Workbench, 'stores' | 'promptsDirectory'>;
/** A file that says something which no version does yet, or can't be read: who edits it sees why. */
export type Offer = {
  file: {
    path: string;
    state: 'only_file' | 'file_changed' | 'conflict';
    hash: string;
    note: string;
    content: PromptContent;
  } | null;
  problem: { code: string; message: string; problems: readonly FileProblem[] } | null;
};

/** The file of a prompt; nothing where the server looks at no folder or the file says what a version says. */
export async function offeredFile(
  workbench: Watching,
  project: Project,
  name: string,
): Promise<{ watched: boolean } & Offer> {
  const { promptsDirectory: directory } = workbench;
  if (directory === null) return { watched: false, file: null, problem: null };
  return { watched: true, ...(await offerOf(workbench, project, new PromptFolder(directory, project.slug), name)) };
}

/** Every file of the project that is worth looking at, those of no prompt yet among them. */
export async function offeredFiles(
  workbench: Watching,
  project: Project,
): Promise<{ watched: boolean; files: ({ prompt: string } & Offer)[] }> {
  const { promptsDirectory: directory } = workbench;
  if (directory === null) return { watched: false, files: [] };
  const folder = new PromptFolder(directory, project.slug);
  const files: ({ prompt: string } & Offer)[] = [];
  for (const prompt of await folder.names()) {
    const offer = await offerOf(workbench, project, folder, prompt);
    if (offer.file !== null || offer.problem !== null) files.push({ prompt, ...offer });
  }
  return { watched: true, files };
}

async function offerOf(workbench: Watching, project: Project, folder: PromptFolder, name: string): Promise<Offer> {
  try {
    const pair = await findPair(workbench, project, folder, name);
    if (pair === undefined) return { file: null, problem: null };
    const {
      state,
      file: { path, hash, note, content },
    } = pair;
    return { file: { path, state, hash, note, content }, problem: null };
  } catch (error) {
    if (!(error instanceof WhetstoneError) || error.kind !== 'invalid') throw error;
    const { code, message } = error;
    return { file: null, problem: { code, message, problems: error instanceof FileError ? error.problems : [] } };
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
