import { missing } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { Prompt, PromptVersion } from '../../domain/prompt.ts';
import { type SyncState, syncState } from '../../domain/prompt-sync.ts';
import { unifiedDiff } from '../../formats/line-diff.ts';
import { type FolderFile, PromptFolder } from '../../formats/prompt-folder.ts';
import { writePromptYml } from '../../formats/prompt-yml.ts';
import type { Workbench } from '../workbench.ts';
import { createPrompt } from './create-prompt.ts';
import { exportedVersion } from './export-version.ts';
import { requireValid, saveVersion } from './save-version.ts';

type Stores = Pick<Workbench, 'stores'>;
/** A prompt and its file; one of both is there. */
type Pair = {
  name: string;
  state: SyncState;
  prompt: Prompt | null;
  version: PromptVersion | null;
  file: FolderFile | null;
};
export type SyncedFile = {
  prompt: string;
  path: string;
  /** How they stood to each other before. */
  state: SyncState;
  /** What was done: the file was written, or a version was saved. */
  done: 'written' | 'saved' | 'nothing';
  /** Number of the version that the prompt has now; null where it has none. */
  version: number | null;
};
export type SyncChoice = {
  /** One prompt; all unless said. */
  only?: string;
  /** Which version is pulled; the newest unless said. */
  version?: PromptVersion;
  /** Goes on where both sides changed. */
  force: boolean;
};

/**
 * Writes versions into their files. A file that was changed since is left as it is, unless it is forced.
 * Throws `prompt_missing`, `prompt_file_invalid`, `sync_file_invalid`.
 */
export async function pullPrompts(
  workbench: Stores,
  project: Project,
  directory: string,
  { force, ...choice }: SyncChoice,
): Promise<SyncedFile[]> {
  const folder = new PromptFolder(directory, project.slug);
  const done: SyncedFile[] = [];
  for (const { name, state, prompt, version, file } of await pairs(workbench, project, folder, choice)) {
    const writes =
      state === 'only_version' ||
      state === 'version_changed' ||
      (force && ['conflict', 'file_changed'].includes(state));
    if (prompt !== null && version !== null && (writes || state === 'same')) {
      if (writes) await folder.write(name, textOf(project, prompt, version));
      await folder.noteSynced(name, { version: version.number, hash: version.contentHash });
    }
    const did = writes && version !== null ? 'written' : 'nothing';
    done.push({
      prompt: name,
      path: file?.path ?? folder.pathOf(name),
      state,
      done: did,
      version: version?.number ?? null,
    });
  }
  return done;
}

/**
 * Saves files that were changed as new versions. Where a version was saved since as well nothing is, unless it is forced: then the file follows it.
 * Throws `prompt_missing`, `prompt_file_invalid`, `prompt_invalid`, `sync_file_invalid`.
 */
export async function pushPrompts(
  workbench: Stores,
  project: Project,
  directory: string,
  { force, only, author }: SyncChoice & { author?: string },
): Promise<SyncedFile[]> {
  const folder = new PromptFolder(directory, project.slug);
  const done: SyncedFile[] = [];
  for (const pair of await pairs(workbench, project, folder, { only })) {
    const { name, state, file, version } = pair;
    const saves = state === 'only_file' || state === 'file_changed' || (force && state === 'conflict');
    const saved = saves && file !== null ? await pushFile(workbench, project, folder, { ...pair, file, author }) : null;
    done.push({
      prompt: name,
      path: file?.path ?? folder.pathOf(name),
      state,
      done: saved === null ? 'nothing' : 'saved',
      version: saved ?? version?.number ?? null,
    });
  }
  return done;
}

/** What differs between versions and their files, as one unified diff; empty where nothing does. */
export async function diffPromptFiles(
  workbench: Stores,
  project: Project,
  directory: string,
): Promise<{ states: Pick<SyncedFile, 'prompt' | 'state'>[]; diff: string }> {
  const folder = new PromptFolder(directory, project.slug);
  const found = await pairs(workbench, project, folder, {});
  const diffs = found.map(({ name, state, prompt, version, file }) =>
    state === 'same'
      ? ''
      : unifiedDiff(
          {
            name: version === null ? '/dev/null' : `${name}@${version.number}`,
            text: prompt === null || version === null ? '' : textOf(project, prompt, version),
          },
          { name: file?.path ?? '/dev/null', text: file?.text ?? '' },
        ),
  );
  return { states: found.map(({ name, state }) => ({ prompt: name, state })), diff: diffs.join('') };
}

/** Saves a file as the next version of its prompt. Throws `prompt_invalid`. */
export async function pushFile(
  workbench: Stores,
  project: Project,
  folder: PromptFolder,
  { name, prompt, version, file, note, author = '' }: Pair & { file: FolderFile; note?: string; author?: string },
): Promise<number> {
  requireValid(file.content);
  if (prompt === null) await createPrompt(workbench, project, name);
  const parent = version?.number ?? null;
  const draft = { content: file.content, note: note ?? file.note, author, parent, again: true, newest: parent ?? 0 };
  const { version: saved } = await saveVersion(workbench, project, name, draft);
  await folder.noteSynced(name, { version: saved.number, hash: file.hash });
  return saved.number;
}

/** Each prompt with its file, where one of both says something; those of the folder that have no prompt come with them. */
export async function pairs(
  { stores }: Stores,
  project: Project,
  folder: PromptFolder,
  { only, version: chosen }: Pick<SyncChoice, 'only' | 'version'>,
): Promise<Pair[]> {
  const prompts = await stores.prompts.list(project.id);
  const names = [...new Set([...prompts.map(({ slug }) => slug), ...(await folder.names())])].sort();
  const wanted = names.filter((name) => only === undefined || name === only);
  if (only !== undefined && wanted.length === 0) {
    throw missing('prompt_missing', `${project.name} has no prompt "${only}", and there is no ${folder.pathOf(only)}.`);
  }
  const synced = await folder.synced();
  const found = await Promise.all(
    wanted.map(async (name) => {
      const prompt = prompts.find(({ slug }) => slug === name) ?? null;
      const version = chosen ?? (prompt === null ? null : await stores.prompts.version(prompt.id, null));
      const file = await folder.read(name);
      const newest = version === null ? null : { number: version.number, hash: version.contentHash };
      return { name, prompt, version, file, state: syncState(file?.hash ?? null, newest, synced[name] ?? null) };
    }),
  );
  // A prompt that was only named yet is nothing to be written.
  return found.filter(({ file, version }) => file !== null || version !== null);
}

const textOf = (project: Project, prompt: Prompt, version: PromptVersion): string =>
  writePromptYml(exportedVersion(project, prompt, version));
