import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSetFolder } from '../../server/formats/set-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'whetstone-set-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

describe('readSetFolder', () => {
  it('reads what a set is and its cases', async () => {
    await write('set.yml', 'name: Small\nlicence: MIT\nholdout: 0.25\n');
    await write('cases.jsonl', '{"id":"a","variables":{"q":"x"},"expected":"y"}\n');
    expect(await readSetFolder(folder)).toEqual({
      name: 'Small',
      notes: '',
      licence: 'MIT',
      holdoutShare: 0.25,
      cases: [{ key: 'a', variables: { q: 'x' }, expected: 'y', tags: [], source: 'cases.jsonl' }],
    });
  });

  it('names file, line and column of what is wrong', async () => {
    await write('set.yml', 'name: Small\nlicence: MIT\nholdout: 2\n');
    await write('cases.jsonl', '{"q":"x"}\n');
    await expect(readSetFolder(folder)).rejects.toThrow(/set\.yml:3:10: "holdout"/);
    await write('set.yml', 'name: Small\nlicence: MIT\nholdout: 0\n');
    await write('cases.jsonl', '{"q":\n');
    await expect(readSetFolder(folder)).rejects.toThrow(/cases\.jsonl:1:6: /);
  });

  it('says which file is missing', async () => {
    await write('set.yml', 'name: Small\nlicence: MIT\nholdout: 0\n');
    await expect(readSetFolder(folder)).rejects.toMatchObject({ code: 'set_folder_unreadable', kind: 'unavailable' });
    await expect(readSetFolder(folder)).rejects.toThrow(/cases\.jsonl can't be read/);
  });
});
