import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { factsByName, type ModelFactTable, parametersInName, sizeClassOf } from '../../server/domain/model-facts.ts';

test.each([
  [null, null],
  [0, 'under_1b'],
  [135e6, 'under_1b'],
  [999_999_999, 'under_1b'],
  [1e9, '1b_to_10b'],
  [9.24e9, '1b_to_10b'],
  [10e9, '10b_to_100b'],
  [99.9e9, '10b_to_100b'],
  [100e9, 'over_100b'],
])('%s parameters are %s', (parameters, sizeClass) => {
  expect(sizeClassOf(parameters)).toBe(sizeClass);
});

describe('the parameters that a name states', () => {
  test.each([
    ['smollm2-135m', 135e6],
    ['llama3.2:1b', 1e9],
    ['Llama-3.2-1B-Instruct-Q4_K_M.gguf', 1e9],
    ['qwen2.5:0.5b-instruct-q8_0', 5e8],
    ['gemma-3-270m-q4_k_m', 270e6],
    ['mixtral-8x7b-instruct', 56e9],
    ['qwen3-30b-a3b', 30e9],
    ['kimi-k2:1t', 1e12],
    ['deepseek-r1:671b', 671e9],
    ['model 7b', 7e9],
  ])('%s: %d', (name, parameters) => {
    expect(parametersInName(name)).toBe(parameters);
  });

  test.each([
    'gpt-4o',
    'phi-3-mini-4k-instruct',
    'gemma-3n-e4b',
    'llama-8bit',
    'model-128k',
    'chat-1m',
    'web',
    '',
    'b',
    '7',
  ])('none in %s', (name) => {
    expect(parametersInName(name)).toBeNull();
  });

  it('is a whole number or nothing, whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const parameters = parametersInName(name);
        expect(parameters === null || (Number.isSafeInteger(parameters) && parameters >= 0)).toBe(true);
      }),
    );
  });
});

describe('what a name gives away', () => {
  const table: ModelFactTable = {
    date: '2026-01-01',
    source: 'us',
    families: [
      { names: ['gpt-oss*'], weights: 'open', licence: 'Apache-2.0' },
      { names: ['gpt-*', 'o3'], weights: 'closed' },
      { names: ['qwen2.5*'], sized: true, weights: 'open' },
      { names: ['mixtral-8x7b*'], weights: 'open', parameters: 46_700_000_000, contextTokens: 32_768 },
    ],
  };
  const nothing = { weights: null, licence: null, parameters: null, contextTokens: null };

  test.each([
    ['gpt-5-mini', { weights: 'closed' }],
    ['gpt-oss:20b', { weights: 'open', licence: 'Apache-2.0', parameters: 20e9 }],
    ['openai/GPT-OSS-20B', { weights: 'open', licence: 'Apache-2.0', parameters: 20e9 }],
    ['mixtral-8x7b-instruct', { weights: 'open', parameters: 46.7e9, contextTokens: 32_768 }],
    ['qwen2.5:7b', { weights: 'open', parameters: 7e9 }],
    ['qwen2.5-max', {}],
    ['o3', { weights: 'closed' }],
    ['o3-pro', {}],
    ['my-gpt-5', {}],
    ['someone-7b', { parameters: 7e9 }],
  ])('%s', (name, facts) => {
    expect(factsByName(table, name)).toEqual({ ...nothing, ...facts });
  });

  it('takes no sign of a pattern but the star for anything else than itself', () => {
    const dotted = { ...table, families: [{ names: ['a.b(c)*'], weights: 'open' as const }] };
    expect(factsByName(dotted, 'a.b(c)d').weights).toBe('open');
    expect(factsByName(dotted, 'axb(c)d').weights).toBeNull();
  });
});
