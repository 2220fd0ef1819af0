import { describe, expect, it } from 'vitest';
import { unavailable } from '../../server/domain/errors.ts';
import type { LocalModel } from '../../server/domain/local-model.ts';
import { createProviderRegistry } from '../../server/providers/index.ts';
import { createLocalProvider } from '../../server/providers/local.ts';
import { ask } from './call.ts';

type Files = Parameters<typeof createLocalProvider>[0];

const damaged: Files = {
  list: () => Promise.reject(unavailable('models_file_invalid', 'models.json can’t be read. Remove it.')),
  find: () => Promise.reject(unavailable('models_file_invalid', 'models.json can’t be read. Remove it.')),
};
const gone: LocalModel = {
  name: 'own',
  title: 'Own',
  kind: 'file',
  licence: null,
  terms: null,
  parameters: null,
  contextTokens: null,
  fileBytes: 0,
  memoryBytes: 0,
  state: { type: 'failed', reason: '/own.gguf is gone. Put it back.' },
};
const withoutFiles: Files = { list: async () => [gone], find: async () => null };

describe('local models whose files can’t be used', () => {
  it('where their list is damaged, the others are listed, and the connection says what is wrong', async () => {
    const registry = createProviderRegistry({
      environment: { get: () => undefined, secrets: () => [] },
      addedConnections: async () => [],
      builtIn: [createLocalProvider(damaged)],
      detection: [],
    });
    expect(await registry.models()).toEqual([]);
    expect((await registry.connections())[0]).toMatchObject({
      slug: 'local',
      state: 'unreachable',
      reason: 'models.json can’t be read. Remove it.',
    });
  });

  it('fail a call as data, with the reason', async () => {
    await expect(ask(createLocalProvider(damaged))).rejects.toMatchObject({
      name: 'ProviderError',
      failure: { code: 'unreachable', message: 'models.json can’t be read. Remove it.' },
      retryable: false,
    });
  });

  it('say what became of the file, or how to get it', async () => {
    const provider = createLocalProvider(withoutFiles);
    await expect(ask(provider, { model: 'own' })).rejects.toThrow('/own.gguf is gone. Put it back.');
    await expect(ask(provider, { model: 'other' })).rejects.toThrow(/whetstone model pull other/);
    await expect(ask(provider, { model: 'own' })).rejects.toMatchObject({ failure: { code: 'model_not_found' } });
  });
});
