import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectModel } from '../../../server/providers/local/inspect-model.ts';
import { bytesFor, planLoad } from '../../../server/providers/local/memory.ts';
import { createLocalProvider } from '../../../server/providers/local.ts';

const shape = { fileBytes: 98e6, bytesPerToken: 23_040, contextTokens: 8192, vocabulary: 49_152 };

describe('planLoad', () => {
  it('runs fewer cases side by side where memory is short, and says what the least takes where it is not enough', () => {
    expect(planLoad(shape, 8e9)).toMatchObject({ sequences: 8, contextTokens: 2048, fits: true });
    expect(planLoad(shape, 0.9e9)).toMatchObject({ sequences: 4, fits: true });
    expect(planLoad(shape, 0.7e9)).toMatchObject({ sequences: 1, fits: true });
    const refused = planLoad(shape, 0.1e9);
    expect(refused).toMatchObject({ sequences: 1, fits: false });
    expect(refused.memoryBytes).toBe(bytesFor(shape, { sequences: 1, contextTokens: 2048 }));
  });

  it('never plans more than there is, nor a context that the model has not', () => {
    const shapes = fc.record({
      fileBytes: fc.integer({ min: 1, max: 2e10 }),
      bytesPerToken: fc.integer({ min: 1, max: 1e6 }),
      contextTokens: fc.integer({ min: 1, max: 200_000 }),
      vocabulary: fc.integer({ min: 0, max: 300_000 }),
    });
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 1e11 }), (any, available) => {
        const plan = planLoad(any, available);
        expect(plan.fits).toBe(plan.memoryBytes <= available);
        expect(plan.contextTokens).toBeLessThanOrEqual(any.contextTokens);
      }),
    );
  });
});

describe('a model that no machine can hold', () => {
  const file = path.join(tmpdir(), `whetstone-huge-${process.pid}.gguf`);
  const facts = { weights: null, licence: null, parameters: null, contextTokens: null };
  const provider = createLocalProvider({
    list: async () => [],
    find: async (name) => ({ name, path: file, sha256: 'b'.repeat(64), facts }),
  });
  afterAll(() => provider.close());

  it('is stated, and refused before it is loaded', async () => {
    await writeFile(
      file,
      ggufHeader({
        'llama.block_count': 100_000,
        'llama.embedding_length': 1_000_000,
        'llama.context_length': 8192,
        'llama.attention.head_count': 1,
      }),
    );
    const { memoryBytes, architecture, contextTokens } = await inspectModel(file);
    expect({ architecture, contextTokens }).toEqual({ architecture: 'llama', contextTokens: 8192 });
    expect(memoryBytes).toBeGreaterThan(1e12);
    const request = {
      model: 'huge',
      messages: [{ role: 'user' as const, content: 'Hello' }],
      parameters: {},
      responseFormat: { type: 'text' as const },
    };
    await expect(provider.complete(request, { signal: new AbortController().signal })).rejects.toMatchObject({
      failure: {
        code: 'not_enough_memory',
        message: expect.stringMatching(/takes about [\d,]+ MB, and [\d,]+ MB are free/),
      },
      retryable: false,
    });
  });

  it('is told from a file that is no model', async () => {
    await writeFile(file, 'not a model');
    await expect(inspectModel(file)).rejects.toMatchObject({ code: 'model_file_invalid' });
  });
});

/** A GGUF file of version 3 without tensors (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). */
function ggufHeader(numbers: Record<string, number>): Buffer {
  const text = (value: string) => Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [
    Buffer.concat([text('general.architecture'), uint32(8), text('llama')]),
    ...Object.entries(numbers).map(([key, value]) => Buffer.concat([text(key), uint32(4), uint32(value)])),
  ];
  return Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(0), uint64(entries.length), ...entries]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
