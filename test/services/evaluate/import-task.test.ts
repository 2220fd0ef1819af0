import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImportTask } from '../../../server/services/evaluate/import-task.ts';

const rows = 100_000;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-import-'));
  file = path.join(folder, 'many.jsonl');
  const line = (_: unknown, index: number) => JSON.stringify({ text: `row ${index}`, more: 'x'.repeat(200), n: index });
  await writeFile(file, Array.from({ length: rows }, line).join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const preview = (limits: { usualMb: number; mostMb: number }) =>
  runImportTask({ type: 'preview', path: file, fileName: 'many.jsonl', options: {} }, undefined, limits);

describe('runImportTask', () => {
  it('says of a file that needs more memory than there is how it can be imported', async () => {
    await expect(preview({ usualMb: 40, mostMb: 45 })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'import_too_large',
      message: expect.stringContaining('Import it in parts'),
    });
  });

  it('begins anew with more memory where the usual is too little', async () => {
    expect(await preview({ usualMb: 40, mostMb: 2048 })).toMatchObject({ rows });
  });
});
