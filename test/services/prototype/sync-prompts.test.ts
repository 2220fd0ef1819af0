import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import type { Prompt } from '../../../server/domain/prompt.ts';
import { diffPromptFiles, pullPrompts, pushPrompts } from '../../../server/services/prototype/sync-prompts.ts';
import { classifyContent, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let project: Project;
let prompt: Prompt;
let folder: string;
beforeEach(async () => {
  test = await openTestWorkbench();
  ({ project, prompt } = await seedProject(test.workbench));
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-prompts-'));
});
afterEach(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

const file = (name = 'classify') => path.join(folder, 'reviews', `${name}.prompt.yml`);
const pull = (force = false) => pullPrompts(test.workbench, project, folder, { force });
const push = (force = false) => pushPrompts(test.workbench, project, folder, { force });
const edit = async (from: string, to: string) => writeFile(file(), (await readFile(file(), 'utf8')).replace(from, to));
const save = (text: string) =>
  test.workbench.stores.prompts.addVersion(prompt.id, {
    content: classifyContent(text),
    note: '',
    author: '',
    parent: 1,
  });
const newest = async () => {
  const version = await test.workbench.stores.prompts.version(prompt.id, null);
  return [version?.number, version?.content.messages[0]?.content];
};

it('writes a version to a file, which then says the same', async () => {
  expect(await pull()).toMatchObject([
    { prompt: 'classify', path: file(), state: 'only_version', done: 'written', version: 1 },
  ]);
  expect(await readFile(file(), 'utf8')).toContain('Say whether the review is positive');
  for (const synced of [await pull(), await push()]) expect(synced).toMatchObject([{ state: 'same', done: 'nothing' }]);
});

it('saves a changed file as the next version, also when it goes back to an older one', async () => {
  await pull();
  await edit('Say whether', 'Decide whether');
  expect(await pull()).toMatchObject([{ state: 'file_changed', done: 'nothing' }]);
  expect(await push()).toMatchObject([{ state: 'file_changed', done: 'saved', version: 2 }]);
  await edit('Decide whether', 'Say whether');
  expect(await push()).toMatchObject([{ done: 'saved', version: 3 }]);
  expect(await newest()).toEqual([3, 'Say whether the review is positive or negative.']);
});

it('brings a newer version into the file', async () => {
  await pull();
  await save('Answer with one word.');
  expect(await push()).toMatchObject([{ state: 'version_changed', done: 'nothing' }]);
  expect(await pull()).toMatchObject([{ state: 'version_changed', done: 'written', version: 2 }]);
  expect(await readFile(file(), 'utf8')).toContain('Answer with one word.');
});

it('overwrites neither side where both changed, until it is told to', async () => {
  await pull();
  await save('Answer with one word.');
  await edit('Say whether', 'Decide whether');
  for (const synced of [await pull(), await push()])
    expect(synced).toMatchObject([{ state: 'conflict', done: 'nothing' }]);
  expect(await newest()).toEqual([2, 'Answer with one word.']);
  const { diff } = await diffPromptFiles(test.workbench, project, folder);
  expect(diff).toContain('--- classify@2');
  expect(diff).toMatch(/^\+.*Decide whether/m);
  expect(await push(true)).toMatchObject([{ done: 'saved', version: 3 }]);
  expect(await newest()).toEqual([3, 'Decide whether the review is positive or negative.']);
});

it('takes a file for a conflict that was never pulled', async () => {
  await pull();
  await rm(path.join(folder, 'reviews', '.whetstone-sync.json'));
  await edit('Say whether', 'Decide whether');
  expect(await push()).toMatchObject([{ state: 'conflict', done: 'nothing' }]);
  expect(await pull(true)).toMatchObject([{ done: 'written' }]);
});

it('makes a prompt of a file that has none', async () => {
  await pull();
  await writeFile(file('triage'), await readFile(file(), 'utf8'));
  expect(await push()).toMatchObject([
    { prompt: 'classify' },
    { prompt: 'triage', state: 'only_file', done: 'saved', version: 1 },
  ]);
  await expect(pullPrompts(test.workbench, project, folder, { only: 'nothing', force: false })).rejects.toMatchObject({
    code: 'prompt_missing',
  });
});

it('refuses notes of the last time that it did not write', async () => {
  await pull();
  await writeFile(path.join(folder, 'reviews', '.whetstone-sync.json'), '{"classify": 3');
  await expect(pull()).rejects.toMatchObject({ code: 'sync_file_invalid' });
});
