import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ModelFacts } from '../../../server/domain/model.ts';
import { listModels } from '../../../server/services/models/list-models.ts';
import { answered, seed, store } from '../../contracts/store-seed.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
beforeEach(async () => {
  test = await openTestWorkbench({ models: ['gpt-4o-mini', 'test-model', 'qwen3-8b'] });
});
afterEach(() => test.close());

const find = async (reference: string, workbench = test.workbench) => {
  const models = await listModels(workbench, null, { refresh: false });
  return models.find((model) => model.reference === reference);
};

it('says of a model elsewhere what its name tells', async () => {
  expect(await find('openai/gpt-4o-mini')).toMatchObject({
    facts: { weights: 'closed', parameters: null, contextTokens: 128_000 },
    sizeClass: null,
    speed: null,
  });
  expect(await find('openai/qwen3-8b')).toMatchObject({
    facts: { weights: 'open', licence: 'Apache-2.0', parameters: 8e9 },
    sizeClass: '1b_to_10b',
  });
});

it('believes what a provider knows of its own models before their names', async () => {
  const { providers } = test.workbench;
  const facts: ModelFacts = { weights: 'open', licence: 'MIT', parameters: 135e6, contextTokens: 2048 };
  const knowing = {
    ...test.workbench,
    providers: {
      connections: providers.connections.bind(providers),
      models: providers.models.bind(providers),
      get: async (slug: string) => {
        const provider = await providers.get(slug);
        return {
          connection: provider.connection,
          destination: provider.destination,
          standIn: provider.standIn,
          models: provider.models.bind(provider),
          complete: provider.complete.bind(provider),
          facts: async (name: string) => (name === 'qwen3-8b' ? facts : null),
        };
      },
    },
  };
  expect(await find('openai/qwen3-8b', knowing)).toMatchObject({ facts, sizeClass: 'under_1b' });
  expect(await find('openai/gpt-4o-mini', knowing)).toMatchObject({ facts: { weights: 'closed' } });
});

it('says how fast a model has answered here', async () => {
  const { stores } = test.workbench;
  const seeded = await seed(stores);
  const [item] = seeded.cases;
  if (!item) throw new Error('there are three cases');
  await store(stores, seeded, [answered(item, 'passed', { latencyMs: 250 })]);
  expect(await find('openai/test-model')).toMatchObject({
    speed: { calls: 1, latencyP50Ms: 250, outputTokensPerSecond: 8 },
  });
});
