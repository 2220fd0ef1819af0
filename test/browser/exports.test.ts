import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveRelease } from '../../server/services/deploy/approve-release.ts';
import { addVersion, readMood, runToEnd, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { choose, openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
let seeded: SeededProject;
let folder: string;

beforeAll(async () => {
  stage = await openStage({ models: ['test-model'], answer: readMood });
  seeded = await seedProject(stage.workbench, { size: 8 });
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-exports-'));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

const prompt = '/projects/reviews/prompts/classify';
const axe = async (page: Page) => expect(await findings(page, '[role=dialog]')).toEqual([]);

it('a version is seen as a file of another tool, copied, and written into the git folder of the server, by the keyboard', async () => {
  const page = await stage.open(prompt);
  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export classify, version 1' });
  const file = dialog.getByRole('group', { name: 'The file' });
  await expect.poll(() => file.textContent()).toContain('name: classify');
  // A server that was started without a folder offers none.
  await dialog.getByText('serve --prompts DIR').waitFor();
  expect(await dialog.getByRole('button', { name: 'Write into the git folder' }).count()).toBe(0);

  stage.workbench.promptsDirectory = folder;
  await page.reload();
  await settled(page);
  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => file.textContent()).toContain('name: classify');
  await dialog.getByRole('combobox', { name: 'Format' }).focus();
  await page.keyboard.press('ArrowDown');
  await choose(page, '', 'TypeScript module');
  await expect.poll(() => file.textContent()).toContain('export function render(variables: Variables)');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await file.textContent());

  await dialog.getByRole('button', { name: 'Write into the git folder' }).press('Enter');
  await dialog
    .getByRole('status')
    .getByText(/Wrote .*classify\.ts: new, \d+ lines\./)
    .waitFor();
  const written = path.join(folder, 'reviews', 'classify.ts');
  expect(await readFile(written, 'utf8')).toBe(await file.textContent());
  await axe(page);

  // Git does not have it yet, so that the next version does not take its place.
  await addVersion(stage.workbench, seeded, 'Say the mood.');
  await page.goto(`${stage.url}${prompt}`);
  await settled(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const next = page.getByRole('dialog', { name: 'Export classify, version 2' });
  await next.getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('option', { name: 'TypeScript module' }).click();
  await next.getByRole('button', { name: 'Write into the git folder' }).click();
  await next
    .getByRole('alert')
    .getByText(/has changes that git does not have/)
    .waitFor();
  expect(await readFile(written, 'utf8')).toContain('"version": 1');
  expect(stage.problems).toEqual([]);
});

it('of a release says which it is, and on what evidence, from the drawer of the release', async () => {
  await runToEnd(stage.workbench, seeded, { version: 1 });
  const candidate = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace', overrides: [] };
  const release = await approveRelease(stage.workbench, seeded.project, { kind: 'owner' }, candidate);
  const page = await stage.open(`/projects/reviews/releases?release=${release.id}`);
  const drawer = page.getByRole('dialog', { name: 'Release 1 of classify' });
  await drawer.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export classify, version 1' });
  const file = dialog.getByRole('group', { name: 'The file' });
  await expect.poll(() => file.textContent()).toContain(`# Release 1, evidence SHA-256 ${release.evidenceDigest}.`);
  await axe(page);
  // Escape closes the dialog and not the drawer under it.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await drawer.isVisible()).toBe(true);
});

it('has the cases of a set as tests for promptfoo, on a phone, in the dark and in Chinese', async () => {
  const page = await stage.open(prompt, { language: 'zh-CN', scheme: 'dark', width: 390 });
  await page.getByRole('button', { name: '导出', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '格式' }).click();
  await page.getByRole('option', { name: 'promptfoo' }).click();
  const file = dialog.getByRole('group', { name: '文件内容' });
  await expect.poll(() => file.textContent()).toContain('# Tests: set labelled, version 1, dev.');
  await dialog.getByRole('combobox', { name: '评测集的划分' }).click();
  await page.getByRole('option', { name: '留出集' }).click();
  await expect.poll(() => file.textContent()).toContain('version 1, holdout.');
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
