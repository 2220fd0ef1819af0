import path from 'node:path';
import type { KnownModel } from '../catalogue.ts';
import { ensureSpace } from './disk-space.ts';
import { downloadFile, removePart, sizeOf } from './download-file.ts';
import type { SourceOptions } from './fetch-model.ts';
import { settle } from './settle.ts';
import { SourceError } from './source-error.ts';

/** The file itself, from the model's repository. Throws `SourceError`, `disk_full`. */
export async function fromHuggingFace(model: KnownModel, options: SourceOptions): Promise<void> {
  const { directory, huggingFace, signal, onProgress, freeBytes, limits } = options;
  const file = path.join(directory, model.file);
  const part = `${file}.part`;
  const base = huggingFace.href.replace(/\/+$/, '');
  const url = new URL(`${base}/${model.repository}/resolve/main/${encodeURIComponent(model.file)}`);
  await ensureSpace(directory, model.bytes - (await sizeOf(part)), freeBytes);
  const fetching = { type: 'fetching', source: url.host, totalBytes: model.bytes } as const;
  try {
    const onReceived = (receivedBytes: number) => onProgress({ ...fetching, receivedBytes });
    await downloadFile({ url, bytes: model.bytes, part }, { ...limits, signal, onReceived });
    onProgress({ type: 'checking' });
    await settle(part, file, { sha256: model.sha256, host: url.host, signal });
  } catch (error) {
    if (error instanceof SourceError && error.wrongDigest) await removePart(part);
    throw error;
  }
}
