import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportVersion } from '../../../server/services/prototype/export-version.ts';
import { writeExport } from '../../../server/services/prototype/write-export.ts';
import { addVersion, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let seeded: SeededProject;
let folder: string;
beforeEach(async () => {
  test = await openTestWorkbench();
  seeded = await seedProject(test.workbench, { size: 8 });
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-written-'));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
});
afterEach(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

describe('writeExport', () => {
  it("writes into the project's folder, under a name that stays", async () => {
    const workbench = { ...test.workbench, promptsDirectory: folder };
    const written = await writeExport(workbench, seeded.project, { prompt: 'classify', version: 1 }, 'typescript', {});
    expect(written).toMatchObject({ state: 'created', path: path.join(folder, 'reviews', 'classify.ts') });
    expect(await readFile(written.path, 'utf8')).toContain('export function render');
    await addVersion(test.workbench, seeded, 'Shorter');
    const next = writeExport(workbench, seeded.project, { prompt: 'classify' }, 'typescript', {});
    await expect(next).rejects.toMatchObject({ code: 'file_uncommitted' });
  });

  it('writes nowhere where the server looks at no folder', async () => {
    const written = writeExport(test.workbench, seeded.project, { prompt: 'classify' }, 'typescript', {});
    await expect(written).rejects.toMatchObject({ code: 'folder_not_watched' });
  });
});

describe('tests of promptfoo', () => {
  const write = (tests: Parameters<typeof exportVersion>[4]) =>
    exportVersion(test.workbench, seeded.project, { prompt: 'classify' }, 'promptfoo', tests);

  it('are the dev cases of the only set, judged as a run would be', async () => {
    await runToEnd(test.workbench, seeded);
    const { text } = await write({});
    expect(text).toContain('# Tests: set labelled, version 1, dev.');
    expect(text.match(/^ {2}- description:/gm)).toHaveLength(6);
    expect(text).toContain('no exact counterpart of "label"');
    const all = await write({ split: 'all', scorers: [{ name: 'exact', args: '', negate: false, weight: 1 }] });
    expect(all.text.match(/type: javascript/g)).toHaveLength(8);
  });

  it('are of the set that is named, and none where it can not be told', async () => {
    await expect(write({ set: 'none' })).rejects.toMatchObject({ code: 'eval_set_missing' });
    await test.workbench.stores.evalSets.create(seeded.project.id, { name: 'Second', notes: '', holdoutShare: 0 });
    expect((await write({})).text).toContain('# No tests: no evaluation set was named.');
    expect((await write({ set: 'labelled' })).text).toContain('set labelled');
  });

  it('are refused for a format that has none', async () => {
    const choice = { prompt: 'classify' };
    await expect(
      exportVersion(test.workbench, seeded.project, choice, 'typescript', { split: 'dev' }),
    ).rejects.toMatchObject({ code: 'export_without_tests' });
  });
});
