import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { factsByName } from '../../server/domain/model-facts.ts';
import { readModelFacts } from '../../server/formats/model-facts.ts';

const shipped = await readModelFacts(path.join(import.meta.dirname, '../../data/model-facts.json'));

describe('the table that ships', () => {
  it('names its date and source', () => {
    expect(shipped.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(shipped.source).not.toBe('');
  });

  test.each([
    ['gpt-5-mini', { weights: 'closed', licence: null, parameters: null, contextTokens: 400_000 }],
    ['gpt-4.1-mini-2025-04-14', { weights: 'closed', licence: null, parameters: null, contextTokens: 1_047_576 }],
    ['gpt-oss:120b', { weights: 'open', licence: 'Apache-2.0', parameters: 120e9, contextTokens: 131_072 }],
    [
      'llama3.2:1b',
      { weights: 'open', licence: 'Llama 3.2 Community License', parameters: 1e9, contextTokens: 131_072 },
    ],
    ['Qwen/Qwen2.5-7B-Instruct', { weights: 'open', licence: 'Apache-2.0', parameters: 7e9, contextTokens: null }],
    // Its licence is not the one of its family.
    ['qwen2.5:3b', { weights: 'open', licence: null, parameters: 3e9, contextTokens: null }],
    ['qwen-max', { weights: null, licence: null, parameters: null, contextTokens: null }],
    ['smollm2:360m', { weights: 'open', licence: 'Apache-2.0', parameters: 360e6, contextTokens: 8192 }],
    ['gemma3:270m', { weights: 'open', licence: 'Gemma Terms of Use', parameters: 270e6, contextTokens: 32_768 }],
    ['DeepSeek-R1-Distill-Llama-8B', { weights: 'open', licence: null, parameters: 8e9, contextTokens: null }],
    ['mixtral:8x7b', { weights: 'open', licence: 'Apache-2.0', parameters: 46.7e9, contextTokens: 32_768 }],
    ['gpt-2', { weights: null, licence: null, parameters: null, contextTokens: null }],
  ])('knows of %s what is certain', (name, facts) => {
    expect(factsByName(shipped, name)).toEqual(facts);
  });

  it('names no pattern twice, and says something by each', () => {
    const names = shipped.families.flatMap((family) => family.names);
    expect(new Set(names).size).toBe(names.length);
    for (const { weights } of shipped.families) expect(weights).toBeDefined();
  });
});

describe('a table that can’t be used', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'facts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['{', /JSON/],
    ['{"date": "today", "source": "us", "families": []}', /date/],
    ['{"date": "2026-01-01", "source": "us", "families": [{"names": [], "weights": "open"}]}', /names/],
    ['{"date": "2026-01-01", "source": "us", "families": [{"names": ["a"], "weight": "open"}]}', /weight/],
  ])('%s', async (text, said) => {
    const file = path.join(folder, 'facts.json');
    writeFileSync(file, text);
    await expect(readModelFacts(file)).rejects.toThrow(expect.objectContaining({ code: 'model_facts_unreadable' }));
    await expect(readModelFacts(file)).rejects.toThrow(said);
  });
});
