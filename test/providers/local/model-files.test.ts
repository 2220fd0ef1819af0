import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { invalid } from '../../../server/domain/errors.ts';
import { knownModels } from '../../../server/providers/local/catalogue.ts';
import { type InspectModel, LocalModelFiles } from '../../../server/providers/local/model-files.ts';
import { type FetchableModel, fetchableModel, inspectAny } from '../../fixtures/fetchable-model.ts';
import { sha256 } from '../../fixtures/file-server.ts';

const open = ({ directory, model }: FetchableModel, inspect: InspectModel = inspectAny) =>
  new LocalModelFiles({ directory, inspect, known: [model] });

async function withFile(tiny: FetchableModel) {
  await mkdir(tiny.directory, { recursive: true });
  const file = path.join(tiny.directory, tiny.model.file);
  await writeFile(file, tiny.content);
  return file;
}

describe('known models', () => {
  it('are listed whether their file is here or not, with what it takes', async () => {
    const { directory } = await fetchableModel();
    const all = await new LocalModelFiles({ directory, inspect: inspectAny }).list();
    expect(all.map(({ name, state }) => [name, state.type])).toEqual([
      ['smollm2-135m', 'absent'],
      ['gemma-3-270m', 'absent'],
    ]);
    for (const { memoryBytes, fileBytes, licence } of all) {
      expect(memoryBytes).toBeGreaterThan(fileBytes);
      expect(licence).not.toBeNull();
    }
    expect(all.map(({ terms }) => terms?.url)).toEqual([undefined, 'https://ai.google.dev/gemma/terms']);
  });

  it('name wheels that together carry a file of their size', () => {
    for (const { sha256: digest, wheels, bytes } of knownModels) {
      expect([digest, ...wheels.map((wheel) => wheel.sha256)].every((hex) => /^[0-9a-f]{64}$/.test(hex))).toBe(true);
      const packed = wheels.reduce((sum, wheel) => sum + wheel.bytes, 0);
      expect(packed / bytes).toBeGreaterThan(0.85);
      expect(packed / bytes).toBeLessThan(1.05);
    }
  });

  it('are found once their file is right, and its digest is taken again only when it changed', async () => {
    const tiny = await fetchableModel();
    const files = open(tiny);
    expect(await files.find('tiny')).toBeNull();
    const file = await withFile(tiny);
    const { licence, parameters, contextTokens } = tiny.model.facts;
    expect(await files.find('tiny')).toEqual({
      name: 'tiny',
      path: file,
      sha256: sha256(tiny.content),
      facts: { weights: 'open', licence, parameters, contextTokens },
    });
    const register = path.join(tiny.directory, 'models.json');
    const before = await readFile(register, 'utf8');
    expect(JSON.parse(before).seen[file].sha256).toBe(sha256(tiny.content));

    // A remembered digest is believed while size and time stay: were it taken again, it would differ from this one.
    await writeFile(register, before.replace(sha256(tiny.content), '0'.repeat(64)));
    expect((await open(tiny).get('tiny')).state).toMatchObject({ type: 'failed', reason: /model pull tiny/ });
    await utimes(file, new Date(), new Date(2_000_000_000_000));
    expect((await open(tiny).get('tiny')).state.type).toBe('ready');
    await writeFile(file, tiny.content.subarray(1));
    expect(await files.find('tiny')).toBeNull();
  });

  it('are removed with what fetching them left', async () => {
    const tiny = await fetchableModel();
    const file = await withFile(tiny);
    await writeFile(`${file}.part`, 'half');
    const files = open(tiny);
    await files.remove('tiny');
    expect((await files.get('tiny')).state).toEqual({ type: 'absent' });
    await expect(readFile(`${file}.part`)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files.remove('none')).rejects.toMatchObject({ code: 'local_model_missing' });
  });
});

describe('a file added by path', () => {
  it('is listed with what it says of itself, by all who look, and forgotten but not removed', async () => {
    const tiny = await fetchableModel();
    const given = path.join(tiny.folder, 'My Model.Q8_0.gguf');
    await writeFile(given, 'weights');
    const added = await open(tiny).add(given);
    expect(added).toEqual({
      name: 'my-model-q8-0',
      title: 'Some model',
      kind: 'file',
      licence: 'MIT',
      terms: null,
      parameters: 1000,
      contextTokens: 64,
      fileBytes: 7,
      memoryBytes: 5e6,
      state: { type: 'ready', path: given, sha256: sha256(Buffer.from('weights')) },
    });
    const files = open(tiny);
    expect(await files.list()).toContainEqual(added);
    expect((await files.find('my-model-q8-0'))?.path).toBe(given);
    await expect(files.add(given)).rejects.toMatchObject({ code: 'local_model_exists', message: /--name/ });
    await files.remove('my-model-q8-0');
    expect((await files.list()).map(({ name }) => name)).toEqual(['tiny']);
    expect(await readFile(given, 'utf8')).toBe('weights');
  });

  it('that is gone or another by now says so', async () => {
    const tiny = await fetchableModel();
    const given = path.join(tiny.folder, 'own.gguf');
    await writeFile(given, 'weights');
    const files = open(tiny);
    await files.add(given, 'Own');
    await writeFile(given, 'other weights');
    expect((await files.get('own')).state).toMatchObject({ type: 'failed', reason: /another file by now/ });
    await rm(given);
    expect((await files.get('own')).state).toMatchObject({ type: 'failed', reason: /is gone/ });
    expect(await files.find('own')).toBeNull();
  });

  it('is refused where there is none, where it is no model, and under a name that is taken or none', async () => {
    const tiny = await fetchableModel();
    const given = path.join(tiny.folder, 'own.gguf');
    const none = open(tiny).add(given);
    await expect(none).rejects.toMatchObject({ code: 'model_file_missing', message: /path of a GGUF file/ });
    await expect(open(tiny).add(tiny.folder)).rejects.toMatchObject({ code: 'model_file_missing' });
    await writeFile(given, 'text');
    const noModel = open(tiny, async () => {
      throw invalid('model_file_invalid', 'no GGUF');
    });
    await expect(noModel.add(given)).rejects.toMatchObject({ code: 'model_file_invalid' });
    await expect(open(tiny).add(given, 'Tiny')).rejects.toMatchObject({ code: 'local_model_exists' });
    await expect(open(tiny).add(given, '…')).rejects.toMatchObject({ code: 'local_model_name_invalid' });
    expect(await open(tiny).list()).toHaveLength(1);
  });

  it('that can’t be read any more spoils its own use and nobody else’s', async () => {
    const tiny = await fetchableModel();
    const folder = path.join(tiny.folder, 'own');
    await mkdir(folder);
    const given = path.join(folder, 'own.gguf');
    await writeFile(given, 'weights');
    const files = open(tiny);
    await files.add(given);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder by now');
    const [known, added] = await files.list();
    expect(known?.state).toEqual({ type: 'absent' });
    expect(added?.state).toMatchObject({ type: 'failed', reason: /own\.gguf can't be read \(ENOTDIR\)/ });
    await files.remove('own');
    expect(await files.list()).toHaveLength(1);
  });

  it('is refused where its path leads nowhere', async () => {
    const tiny = await fetchableModel();
    const file = path.join(tiny.folder, 'file');
    await writeFile(file, 'text');
    for (const given of [path.join(file, 'own.gguf'), 'own\0.gguf', `${'x'.repeat(5000)}.gguf`]) {
      await expect(open(tiny).add(given, 'own')).rejects.toMatchObject({ code: 'model_file_missing' });
    }
  });

  it('is kept when several are added at once', async () => {
    const tiny = await fetchableModel();
    const names = ['a', 'b', 'c', 'd'];
    const given = path.join(tiny.folder, 'own.gguf');
    await writeFile(given, 'weights');
    await Promise.all(names.map((name) => open(tiny).add(given, name)));
    expect((await open(tiny).list()).map(({ name }) => name).sort()).toEqual([...names, 'tiny']);
  });
});

it('where nothing can be remembered, as on a full disk, a digest is taken for this process alone', async () => {
  const tiny = await fetchableModel();
  await withFile(tiny);
  await mkdir(path.join(tiny.directory, 'models.json.lock'));
  const files = open(tiny);
  expect((await files.get('tiny')).state.type).toBe('ready');
  expect((await files.find('tiny'))?.sha256).toBe(sha256(tiny.content));
  await rm(path.join(tiny.directory, 'models.json.lock'), { recursive: true });
});

it('a list of files that is damaged is said with the remedy', async () => {
  const tiny = await fetchableModel();
  await mkdir(tiny.directory);
  await writeFile(path.join(tiny.directory, 'models.json'), '{"version": 1}');
  await expect(open(tiny).list()).rejects.toMatchObject({ code: 'models_file_invalid', message: /Remove it/ });
});

it('an address of the hub that is none is said', async () => {
  const { directory, model } = await fetchableModel();
  const files = new LocalModelFiles({ directory, inspect: inspectAny, known: [model], huggingFace: 'hub' });
  const call = { signal: new AbortController().signal, acceptTerms: false, onProgress: () => {} };
  await expect(files.fetch('tiny', call)).rejects.toMatchObject({
    code: 'hub_address_invalid',
    message: /HF_ENDPOINT/,
  });
});
