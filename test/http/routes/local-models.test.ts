import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LocalModelFiles } from '../../../server/providers/local/model-files.ts';
import { ModelDownloads } from '../../../server/services/models/model-downloads.ts';
import { fetchableModel, inspectAny } from '../../fixtures/fetchable-model.ts';
import { serveForTest } from '../../fixtures/http.ts';
import { openTestWorkbench } from '../../fixtures/workbench.ts';

const terms = { title: 'Terms of Tiny', url: 'https://example.com/terms', text: 'Be kind.' };

async function setUp() {
  const tiny = await fetchableModel();
  const hub = await tiny.hub({ silences: [1000] });
  const localModels = new LocalModelFiles({
    directory: tiny.directory,
    inspect: inspectAny,
    huggingFace: hub.url.href,
    known: [{ ...tiny.model, terms }],
  });
  const modelDownloads = new ModelDownloads(localModels);
  const { workbench, close } = await openTestWorkbench();
  const server = await serveForTest({ ...workbench, localModels, modelDownloads });
  onTestFinished(async () => {
    await server.close();
    await modelDownloads.close();
    await close();
  });
  const stateNow = async () => (await server.call('GET /api/local-models')).models[0]?.state;
  return { tiny, server, stateNow };
}

const named = (name: string) => ({ params: { name } });

it('a known model is fetched once its terms are accepted, stopped, fetched on and removed', async () => {
  const { tiny, server, stateNow } = await setUp();
  const { models, availableMemoryBytes } = await server.call('GET /api/local-models');
  expect(availableMemoryBytes).toBeGreaterThan(0);
  expect(models).toEqual([expect.objectContaining({ name: 'tiny', terms, state: { type: 'absent' } })]);

  const fetchTiny = { ...named('tiny'), body: { acceptTerms: true } };
  const refused = await server.refusal('POST /api/local-models/:name/fetch', { ...named('tiny'), body: {} });
  expect(refused).toMatchObject({ status: 403, code: 'terms_not_accepted', details: { terms } });
  expect((await server.call('POST /api/local-models/:name/fetch', fetchTiny)).state.type).toBe('fetching');
  await expect.poll(stateNow).toMatchObject({ type: 'fetching', receivedBytes: 1000, totalBytes: tiny.model.bytes });
  expect((await server.call('POST /api/local-models/:name/stop', named('tiny'))).state).toEqual({ type: 'absent' });

  await server.call('POST /api/local-models/:name/fetch', fetchTiny);
  await expect.poll(stateNow).toMatchObject({ type: 'ready', sha256: tiny.model.sha256 });
  await server.call('DELETE /api/local-models/:name', named('tiny'));
  expect(await stateNow()).toEqual({ type: 'absent' });
});

it('a file is added by its path and forgotten', async () => {
  const { tiny, server } = await setUp();
  const file = path.join(tiny.folder, 'own.gguf');
  await writeFile(file, 'weights');
  const body = { path: file, name: 'My own' };
  const added = await server.call('POST /api/local-models', { body });
  expect(added).toMatchObject({ name: 'my-own', kind: 'file', state: { type: 'ready', path: file } });
  expect((await server.call('GET /api/local-models')).models).toContainEqual(added);
  expect(await server.refusal('POST /api/local-models', { body })).toMatchObject({ status: 409 });
  const fetchOwn = { ...named('my-own'), body: {} };
  expect(await server.call('POST /api/local-models/:name/fetch', fetchOwn)).toEqual(added);
  await rename(file, `${file}.away`);
  const refused = await server.refusal('POST /api/local-models/:name/fetch', fetchOwn);
  expect(refused).toMatchObject({ status: 409, code: 'model_not_fetchable' });
  await rename(`${file}.away`, file);
  await server.call('DELETE /api/local-models/:name', named('my-own'));
  expect(await readFile(file, 'utf8')).toBe('weights');
  const gone = await server.refusal('DELETE /api/local-models/:name', named('my-own'));
  expect(gone).toMatchObject({ status: 404, code: 'local_model_missing' });
});
