import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { offeredFile, offeredFiles, saveOffered } from '../../../server/services/prototype/offered-file.ts';
import { pullPrompts } from '../../../server/services/prototype/sync-prompts.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let project: Project;
let workbench: Workbench;
let file: string;
beforeEach(async () => {
  test = await openTestWorkbench();
  ({ project } = await seedProject(test.workbench));
  const promptsDirectory = await mkdtemp(path.join(tmpdir(), 'whetstone-prompts-'));
  workbench = { ...test.workbench, promptsDirectory };
  file = path.join(promptsDirectory, 'reviews', 'classify.prompt.yml');
});
afterEach(async () => {
  await test.close();
  await rm(workbench.promptsDirectory ?? '', { recursive: true });
});
const offered = () => offeredFile(workbench, project, 'classify');
const nothing = { watched: true, file: null, problem: null };
const edit = async (to: string) => {
  await pullPrompts(workbench, project, workbench.promptsDirectory ?? '', { force: false });
  await writeFile(file, (await readFile(file, 'utf8')).replace('Say whether', to));
};

it('offers nothing without a folder, a file or a change', async () => {
  expect(await offeredFile(test.workbench, project, 'classify')).toEqual({ ...nothing, watched: false });
  expect(await offered()).toEqual(nothing);
  await edit('Say whether');
  expect(await offered()).toEqual(nothing);
});

it('offers a changed file, and saves the one that was seen', async () => {
  await edit('Decide whether');
  const { file: seen } = await offered();
  expect(seen).toMatchObject({ path: file, state: 'file_changed' });
  await edit('Say whether');
  await writeFile(file, (await readFile(file, 'utf8')).replace('Decide', 'Judge'));
  const body = { hash: seen?.hash ?? '', note: 'from the editor', author: 'Ada' };
  await expect(saveOffered(workbench, project, 'classify', body)).rejects.toMatchObject({
    code: 'prompt_file_changed',
  });
  const again = { ...body, hash: (await offered()).file?.hash ?? '' };
  expect(await saveOffered(workbench, project, 'classify', again)).toEqual({ version: 2 });
  expect(await offered()).toEqual(nothing);
});

it('says why a file can not be read', async () => {
  await edit('Decide whether');
  await writeFile(file, 'messages: 3');
  expect(await offered()).toMatchObject({
    watched: true,
    file: null,
    problem: {
      code: 'prompt_file_invalid',
      message: expect.stringContaining('classify.prompt.yml'),
      problems: [{ line: 1, column: 11, code: 'field_type', values: { field: 'messages', expected: 'array' } }],
    },
  });
});

it('lists files of no prompt yet and those that can not be read, and saves one as a new prompt', async () => {
  expect(await offeredFiles(test.workbench, project)).toEqual({ watched: false, files: [] });
  expect(await offeredFiles(workbench, project)).toEqual({ watched: true, files: [] });
  await edit('Say whether');
  const folder = path.dirname(file);
  await writeFile(
    path.join(folder, 'summary.prompt.yml'),
    'messages:\n  - { role: user, content: "Sum up {{text}}" }\n',
  );
  await writeFile(path.join(folder, 'broken.prompt.yml'), 'messages:\n  - { role: usr, content: hello }\nnote');
  const { files } = await offeredFiles(workbench, project);
  expect(files).toMatchObject([
    { prompt: 'broken', file: null, problem: { problems: [{ line: 3, code: 'yaml_invalid' }] } },
    { prompt: 'summary', file: { state: 'only_file' }, problem: null },
  ]);
  const body = { hash: files[1]?.file?.hash ?? '', note: '', author: 'Ada' };
  expect(await saveOffered(workbench, project, 'summary', body)).toEqual({ version: 1 });
  expect((await offeredFiles(workbench, project)).files.map(({ prompt }) => prompt)).toEqual(['broken']);
});
