import { afterEach, expect, it } from 'vitest';
import type { LocalModelState } from '../../../server/domain/local-model.ts';
import type { KnownModel } from '../../../server/providers/local/catalogue.ts';
import { LocalModelFiles } from '../../../server/providers/local/model-files.ts';
import { ModelDownloads } from '../../../server/services/models/model-downloads.ts';
import { fetchableModel, inspectAny } from '../../fixtures/fetchable-model.ts';
import type { FileServerOptions } from '../../fixtures/file-server.ts';

const open = new Set<ModelDownloads>();
afterEach(async () => {
  for (const downloads of open) await downloads.close();
  open.clear();
});

async function setUp({ terms = null, ...hubOptions }: Partial<FileServerOptions & Pick<KnownModel, 'terms'>> = {}) {
  const tiny = await fetchableModel();
  const hub = await tiny.hub(hubOptions);
  await tiny.pip({});
  const files = new LocalModelFiles({
    directory: tiny.directory,
    inspect: inspectAny,
    known: [{ ...tiny.model, terms }],
    huggingFace: hub.url.href,
    fetching: { limits: { pause: async () => {} } },
  });
  const downloads = new ModelDownloads(files);
  open.add(downloads);
  const states: LocalModelState[] = [];
  downloads.subscribe((_, state) => states.push(state));
  return { tiny, hub, downloads, states };
}

const stateOf = async (downloads: ModelDownloads) => (await downloads.get('tiny')).state;

it('goes on whoever asked for it, tells how far it is, and ends with the file', async () => {
  const { tiny, hub, downloads, states } = await setUp();
  expect((await downloads.start('tiny')).state.type).toBe('fetching');
  await downloads.start('tiny');
  const { state } = await downloads.fetch('tiny');
  expect(state.type).toBe('ready');
  expect(await downloads.isReady('tiny')).toBe(true);
  expect((await downloads.list()).map((model) => model.state)).toEqual([state]);
  expect([...new Set(states.map(({ type }) => type))]).toEqual(['fetching', 'checking', 'ready']);
  expect(states).toContainEqual({
    type: 'fetching',
    source: hub.url.host,
    receivedBytes: tiny.model.bytes,
    totalBytes: tiny.model.bytes,
  });
  expect(hub.requests).toHaveLength(1);
  await downloads.fetch('tiny');
  expect(hub.requests).toHaveLength(1);
});

it('one that can not be had says why until it is tried again', async () => {
  const { hub, downloads } = await setUp({ refusals: [404] });
  await expect(downloads.fetch('tiny')).rejects.toMatchObject({ code: 'model_fetch_failed' });
  expect(await stateOf(downloads)).toMatchObject({ type: 'failed', reason: /could not be fetched/ });
  await downloads.fetch('tiny');
  expect((await stateOf(downloads)).type).toBe('ready');
  expect(hub.requests).toHaveLength(2);
});

it('stopped, it is absent again and goes on from where it was', async () => {
  const { tiny, hub, downloads } = await setUp({ silences: [200_000] });
  await downloads.start('tiny');
  await expect.poll(() => stateOf(downloads)).toMatchObject({ receivedBytes: 200_000 });
  const waiting = downloads.fetch('tiny');
  const [refused, { state }] = await Promise.all([waiting.catch((error: unknown) => error), downloads.stop('tiny')]);
  expect(refused).toMatchObject({ code: 'model_fetch_stopped' });
  expect(state).toEqual({ type: 'absent' });
  await downloads.fetch('tiny');
  expect(hub.requests.map(({ range }) => range)).toEqual([null, 'bytes=200000-']);
  expect(hub.sent()).toBe(tiny.model.bytes);
  expect((await downloads.stop('tiny')).state.type).toBe('ready');
});

it('ends with the signal of the one who waits', async () => {
  const { downloads } = await setUp({ silences: [1000] });
  const controller = new AbortController();
  const fetching = downloads.fetch('tiny', controller.signal);
  await expect.poll(() => stateOf(downloads)).toMatchObject({ receivedBytes: 1000 });
  controller.abort(new Error('the server ends'));
  await expect(fetching).rejects.toThrow('the server ends');
  await expect(downloads.fetch('tiny', controller.signal)).rejects.toThrow('the server ends');
});

it('is not begun before its terms are accepted', async () => {
  const terms = { title: 'Terms of Tiny', url: 'https://example.com/terms', text: 'Be kind.' };
  const { hub, downloads } = await setUp({ terms });
  const refused = downloads.start('tiny');
  await expect(refused).rejects.toMatchObject({ code: 'terms_not_accepted', kind: 'refused', details: { terms } });
  await expect(downloads.fetch('tiny')).rejects.toThrow(
    /Terms of Tiny \(https:\/\/example\.com\/terms\).*--accept-terms/,
  );
  expect(hub.requests).toEqual([]);
  await downloads.fetch('tiny', undefined, { acceptTerms: true });
  expect((await downloads.start('tiny')).state.type).toBe('ready');
});

it('removing one ends its fetch', async () => {
  const { downloads } = await setUp({ silences: [1000] });
  await downloads.start('tiny');
  await downloads.remove('tiny');
  expect(await stateOf(downloads)).toEqual({ type: 'absent' });
  await expect(downloads.start('none')).rejects.toMatchObject({ code: 'local_model_missing' });
});
