import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { conflict, invalid, missing, refused } from '../../domain/errors.ts';
import type { LocalModel, LocalModelState } from '../../domain/local-model.ts';
import type { ModelFacts } from '../../domain/model.ts';
import { slugOf } from '../../domain/slug.ts';
import { type KnownModel, knownModels } from './catalogue.ts';
import { type FetchOptions, type FetchProgress, fetchModel } from './download/fetch-model.ts';
import { nullIfAbsent } from './download/file-lock.ts';
import { removeLeftovers } from './download/from-pypi.ts';
import { sha256Of } from './download/sha256.ts';
import { type AddedModel, ModelRegister, type SeenFile } from './model-register.ts';

/** Reads what a GGUF file says of itself. Throws `model_file_invalid` for anything else. */
export type InspectModel = (path: string) => Promise<{
  architecture: string;
  title: string | null;
  licence: string | null;
  parameters: number | null;
  contextTokens: number | null;
  memoryBytes: number;
}>;

/** A model that can be loaded now. */
export type ModelFile = { name: string; path: string; sha256: string; facts: ModelFacts };

export type LocalModelFilesOptions = {
  /** Where fetched files lie, and what is remembered of all. */
  directory: string;
  inspect: InspectModel;
  /** Address of Hugging Face or of a mirror. */
  huggingFace?: string;
  /** What can be fetched; the catalogue unless said. */
  known?: readonly KnownModel[];
  /** For disks and networks that behave in a way of their own. */
  fetching?: Pick<FetchOptions, 'freeBytes' | 'limits'>;
};

type FetchCall = { signal: AbortSignal; acceptTerms: boolean; onProgress: (progress: FetchProgress) => void };

/** Files of models on this machine: those that can be fetched, and those that a person added by path. */
export class LocalModelFiles {
  readonly #options: LocalModelFilesOptions;
  readonly #known: readonly KnownModel[];
  readonly #register: ModelRegister;
  /** Digests that were taken or are, by file, size and time. */
  readonly #hashes = new Map<string, Promise<SeenFile>>();

  constructor(options: LocalModelFilesOptions) {
    this.#options = options;
    this.#known = options.known ?? knownModels;
    this.#register = new ModelRegister(options.directory);
  }

  /** Known models first, then those that were added. */
  async list(): Promise<LocalModel[]> {
    const { added } = await this.#register.read();
    const known = await Promise.all(this.#known.map((model) => this.#describeKnown(model)));
    return [...known, ...(await Promise.all(added.map((model) => this.#describeAdded(model))))];
  }

  /** Null where there is no such model, or its file is not here or not right. */
  async find(name: string): Promise<ModelFile | null> {
    const model = await this.#describe(name);
    if (model?.state.type !== 'ready') return null;
    const { licence, parameters, contextTokens } = model;
    const { path: file, sha256 } = model.state;
    return { name, path: file, sha256, facts: { weights: 'open', licence, parameters, contextTokens } };
  }

  /** Throws `local_model_missing`. */
  async get(name: string): Promise<LocalModel> {
    const model = await this.#describe(name);
    if (model === null) throw localModelMissing(name);
    return model;
  }

  /** Adds a GGUF file, which stays where it is. Throws `model_file_missing`, `model_file_invalid`, `local_model_name_invalid`, `local_model_exists`. */
  async add(file: string, name = path.basename(file, path.extname(file))): Promise<LocalModel> {
    const given = path.resolve(file);
    const slug = slugOf(name);
    if (slug === '') {
      throw invalid(
        'local_model_name_invalid',
        `"${name}" has no letter or digit. Give the model a name that has some.`,
      );
    }
    const stats = await stat(given).catch((cause: unknown) => {
      throw modelFileMissing(given, cause);
    });
    if (!stats.isFile()) throw modelFileMissing(given);
    if ((await this.#describe(slug)) !== null) throw localModelExists(slug);
    const { architecture: _, title, ...facts } = await this.#options.inspect(given);
    const seen = await this.#seen(given);
    if (seen === null) throw modelFileMissing(given);
    const model = { name: slug, path: given, sha256: seen.sha256, title: title ?? path.basename(given), ...facts };
    await this.#register.change((content) => {
      if (content.added.some((one) => one.name === slug)) throw localModelExists(slug);
      return { ...content, added: [...content.added, model] };
    });
    return this.#describeAdded(model);
  }

  /** Removes the file of a fetched model with what else fetching it left, or forgets one that was added by path. Throws `local_model_missing`. */
  async remove(name: string): Promise<void> {
    const known = this.#knownOf(name);
    if (known !== undefined) {
      await rm(this.#pathOf(known), { force: true });
      return removeLeftovers(known, this.#options.directory);
    }
    await this.get(name);
    await this.#register.change((content) => ({
      ...content,
      added: content.added.filter((model) => model.name !== name),
    }));
  }

  /** Throws `local_model_missing`, `model_not_fetchable`, `terms_not_accepted`. */
  async ensureMayFetch(name: string, acceptTerms: boolean): Promise<KnownModel> {
    const known = this.#knownOf(name);
    if (known === undefined) {
      await this.get(name);
      throw conflict('model_not_fetchable', `"${name}" was added by its path, so there is nothing to fetch.`);
    }
    if (known.terms !== null && !acceptTerms) {
      const { title, url } = known.terms;
      throw refused(
        'terms_not_accepted',
        `${known.title} comes under the ${title} (${url}). Read and accept them before it is fetched (--accept-terms on the command line).`,
        { details: { terms: known.terms } },
      );
    }
    return known;
  }

  /** Brings a known model's file here; see `fetchModel` for what it throws, and `ensureMayFetch`. */
  async fetch(name: string, { signal, acceptTerms, onProgress }: FetchCall): Promise<LocalModel> {
    const present = await this.get(name);
    if (present.state.type === 'ready') return present;
    const known = await this.ensureMayFetch(name, acceptTerms);
    const { directory, huggingFace, fetching } = this.#options;
    await fetchModel(known, { ...fetching, directory, huggingFace: hubAddress(huggingFace), signal, onProgress });
    return this.get(name);
  }

  #knownOf(name: string): KnownModel | undefined {
    return this.#known.find((model) => model.name === name);
  }

  #pathOf(model: KnownModel): string {
    return path.join(this.#options.directory, model.file);
  }

  async #describe(name: string): Promise<LocalModel | null> {
    const known = this.#knownOf(name);
    if (known !== undefined) return this.#describeKnown(known);
    const added = (await this.#register.read()).added.find((model) => model.name === name);
    return added === undefined ? null : this.#describeAdded(added);
  }

  async #describeKnown(model: KnownModel): Promise<LocalModel> {
    const { name, title, facts, terms, bytes, memoryBytes } = model;
    const { licence, parameters, contextTokens } = facts;
    const shared = { name, title, kind: 'known' as const, licence, parameters, contextTokens, terms };
    return {
      ...shared,
      fileBytes: bytes,
      memoryBytes,
      state: await this.#stateOfKnown(model).catch(unreadable(this.#pathOf(model))),
    };
  }

  async #stateOfKnown(model: KnownModel): Promise<LocalModelState> {
    const file = this.#pathOf(model);
    const seen = await this.#seen(file);
    if (seen === null) return { type: 'absent' };
    if (seen.sha256 === model.sha256) return { type: 'ready', path: file, sha256: model.sha256 };
    const reason = `${file} is not ${model.title} (its SHA-256 differs). Fetch it again: "whetstone model pull ${model.name}".`;
    return { type: 'failed', reason, code: 'model_file_unexpected', values: { file } };
  }

  async #describeAdded(model: AddedModel): Promise<LocalModel> {
    const { name, title, licence, parameters, contextTokens, memoryBytes } = model;
    const shared = { name, title, kind: 'file' as const, licence, parameters, contextTokens, terms: null };
    const seen = await this.#seen(model.path).catch(unreadable(model.path));
    const state = seen !== null && 'type' in seen ? seen : stateOfAdded(model, seen);
    const fileBytes = seen !== null && 'bytes' in seen ? seen.bytes : 0;
    return { ...shared, fileBytes, memoryBytes, state };
  }

  /** Size and digest of a file, remembered until it changes; null where there is none. */
  async #seen(file: string): Promise<SeenFile | null> {
    const stats = await stat(file).catch(nullIfAbsent);
    if (stats === null || !stats.isFile()) return null;
    const { size: bytes, mtimeMs } = stats;
    const remembered = (await this.#register.read()).seen[file];
    if (remembered?.bytes === bytes && remembered.mtimeMs === mtimeMs) return remembered;
    const key = `${file} ${bytes} ${mtimeMs}`;
    const running = this.#hashes.get(key) ?? this.#hash(file, { bytes, mtimeMs });
    this.#hashes.set(key, running);
    return running.catch((error: unknown) => {
      this.#hashes.delete(key);
      throw error;
    });
  }

  async #hash(file: string, version: Omit<SeenFile, 'sha256'>): Promise<SeenFile> {
    const seen = { ...version, sha256: await sha256Of(file) };
    await this.#register
      .change((content) => ({ ...content, seen: { ...content.seen, [file]: seen } }))
      .catch((error: unknown) => {
        // A folder that many share is read only, a disk may be full: then the digest holds as long as this process.
        if (!isOfFileSystem(error)) throw error;
      });
    return seen;
  }
}

function stateOfAdded({ name, path: file, sha256 }: AddedModel, seen: SeenFile | null): LocalModelState {
  const forget = `"whetstone model remove ${name}"`;
  const values = { file };
  if (seen === null) {
    const reason = `${file} is gone. Put it back, or forget it with ${forget}.`;
    return { type: 'failed', reason, code: 'model_file_gone', values };
  }
  if (seen.sha256 === sha256) return { type: 'ready', path: file, sha256 };
  const reason = `${file} is another file by now. Forget it with ${forget} and add it again.`;
  return { type: 'failed', reason, code: 'model_file_changed', values };
}

/** A file that can't be read makes one model unusable, not the list of all. */
const unreadable =
  (file: string) =>
  (error: unknown): Extract<LocalModelState, { type: 'failed' }> => {
    if (!isOfFileSystem(error)) throw error;
    const reason = `${file} can't be read (${error.code}). Make it readable, or remove the model.`;
    return { type: 'failed', reason, code: 'model_file_unreadable', values: { file, error: error.code ?? '' } };
  };

const isOfFileSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

const hubAddress = (address = 'https://huggingface.co'): URL => {
  const url = URL.parse(address);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw invalid(
    'hub_address_invalid',
    `HF_ENDPOINT is "${address}", which is no address. Write it like https://huggingface.co.`,
  );
};

const localModelMissing = (name: string) =>
  missing(
    'local_model_missing',
    `There is no model "${name}" on this machine and none of that name can be fetched. "whetstone model list" shows those there are.`,
  );

const modelFileMissing = (file: string, cause?: unknown) =>
  invalid('model_file_missing', `There is no file ${file}. Give the path of a GGUF file.`, { cause });

const localModelExists = (name: string) =>
  conflict(
    'local_model_exists',
    `There is a model "${name}" already. Give another name (--name), or remove that one first.`,
  );
