import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveRelease } from '../../server/services/deploy/approve-release.ts';
import { createRun } from '../../server/services/evaluate/start-run.ts';
import { addVersion, readMood, runToEnd, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { choose, openStage, type Stage, settled } from './stage.ts';

const other = 'openai/other-model';
const list = '/projects/reviews/runs';
let stage: Stage;
let seeded: SeededProject;
let answer = readMood;

/** Runs 1 and 2 of version 1, 3 of version 2, 4 of version 2 by another model: the first finds only the good ones, the others all. */
beforeAll(async () => {
  stage = await openStage({
    models: ['test-model', 'other-model', 'text-embedding-3-small'],
    answer: (call) => answer?.(call) ?? '',
  });
  seeded = await seedProject(stage.workbench, { size: 20 });
  await addVersion(stage.workbench, seeded, 'Say the mood.');
  answer = () => 'positive';
  await runToEnd(stage.workbench, seeded, { version: 1 });
  answer = readMood;
  await runToEnd(stage.workbench, seeded, { version: 1 });
  await runToEnd(stage.workbench, seeded, { version: 2 });
  await runToEnd(stage.workbench, seeded, { version: 2, model: other });
});
afterAll(() => stage.close());

const table = (page: Page) => page.getByRole('table', { name: 'All runs' });
const rows = (page: Page) => table(page).locator('tbody tr');
const rowOf = (page: Page, run: number) =>
  rows(page).filter({ has: page.getByRole('link', { name: `#${run}`, exact: true }) });
const searchOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const edit = async (page: Page, run: number) => {
  await rowOf(page, run)
    .getByRole('button', { name: `run #${run}` })
    .click();
  return page.getByRole('dialog', { name: `Run #${run}` });
};

it('notes and tags a run, finds it by them, and keeps the filters in the address', async () => {
  const page = await stage.open(list);
  const dialog = await edit(page, 2);
  await dialog.getByRole('combobox', { name: 'Tags' }).fill('keep');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('a shorter instruction');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await rowOf(page, 2).getByText('a shorter instruction').waitFor();
  await page.getByRole('searchbox', { name: 'Search runs' }).pressSequentially('SHORTER classify@1');
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.getByText('1 run', { exact: true }).waitFor();
  await expect.poll(() => searchOf(page)).toEqual({ search: 'SHORTER classify@1' });
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('');
  await expect.poll(() => searchOf(page)).toEqual({});
  await page.getByRole('combobox', { name: 'Tag' }).click();
  await page.getByRole('option', { name: 'keep' }).click();
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.reload();
  await settled(page);
  expect(searchOf(page)).toEqual({ tag: 'keep' });
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.context().close();
});

it('archives a run, which leaves list and chart, is shown when asked for, and is brought back', async () => {
  const page = await stage.open(list);
  await page.getByText('Table of 8 points').waitFor();
  await (await edit(page, 1)).getByRole('button', { name: 'Archive' }).click();
  await page.getByText('3 runs', { exact: true }).waitFor();
  await page.getByText('Table of 6 points').waitFor();
  await page.getByRole('combobox', { name: 'Archived (1)' }).click();
  await page.getByRole('option', { name: 'Archived only' }).click();
  await rowOf(page, 1).getByText('archived').waitFor();
  expect(searchOf(page)).toEqual({ archived: 'only' });
  await expect.poll(() => rows(page).count()).toBe(1);
  await (await edit(page, 1)).getByRole('button', { name: 'Bring back from the archive' }).click();
  await page.getByText('No run matches').waitFor();
  await page.goto(`${stage.url}${list}`);
  await page.getByText('4 runs', { exact: true }).waitFor();
  await page.context().close();
});

it('deletes a run, and names the release that stands against it', async () => {
  const { workbench } = stage;
  const candidate = { prompt: 'classify', version: 2, model: testModel };
  await approveRelease(
    workbench,
    seeded.project,
    { kind: 'owner' },
    { ...candidate, text: 'good', by: 'Ada', overrides: [] },
  );
  const spare = await runToEnd(workbench, seeded, { version: 1 });
  const page = await stage.open(list);
  const kept = await edit(page, 3);
  await kept.getByText("It can't be deleted: it is the evidence of classify #1").waitFor();
  expect(await kept.getByRole('button', { name: 'Delete run' }).count()).toBe(0);
  // The first closes the tags that are offered.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(() => kept.count()).toBe(0);
  const dialog = await edit(page, spare.id);
  await dialog.getByText('With it would go 20 results, 0 reviews').waitFor();
  await dialog.getByRole('button', { name: 'Delete run' }).click();
  const sure = page.getByRole('dialog', { name: `Delete run #${spare.id}?` });
  await sure.getByText("This can't be undone").waitFor();
  await sure.getByRole('button', { name: 'Delete run' }).click();
  await expect.poll(() => rowOf(page, spare.id).count()).toBe(0);
  expect(await rows(page).count()).toBe(4);
  await page.context().close();
});

it('compares several runs by the keyboard alone: verdicts, only what differs, one case beside the list', async () => {
  const page = await stage.open(list);
  for (const run of [1, 2, 4]) {
    await page.getByRole('checkbox', { name: `Choose run #${run} to compare` }).focus();
    await page.keyboard.press('Space');
  }
  await page.locator('h1').focus();
  await page.keyboard.press('c');
  await page.getByRole('heading', { level: 1, name: '2 runs against run #1' }).waitFor();
  await settled(page);
  expect(searchOf(page)).toMatchObject({ runs: '1,2,4' });
  const verdicts = page.getByRole('table', { name: 'Each run against run #1' });
  await expect.poll(() => verdicts.getByText('Better').count()).toBe(2);
  const cases = page.getByRole('table', { name: 'Cases' });
  await expect.poll(() => cases.locator('tbody tr').count()).toBe(20);
  expect(await cases.locator('tbody tr').first().innerText()).toContain('Fixed');
  await page.getByRole('switch', { name: 'Only cases whose answers differ' }).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => cases.locator('tbody tr').count()).toBe(10);
  await cases.locator('tbody tr').first().focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  const title = panel.getByRole('heading').first();
  const first = await title.textContent();
  await page.keyboard.press('j');
  await expect.poll(() => title.textContent()).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect.poll(() => panel.count()).toBe(0);
  await page.context().close();
});

it('takes a comparison away as one file', async () => {
  const page = await stage.open('/projects/reviews/compare?runs=1,3,4');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Report' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('runs-1-3-4.html');
  const html = await readFile(await download.path(), 'utf8');
  expect(html).toContain('#1');
  expect(html).not.toMatch(/<script|src="http/);
  await page.context().close();
});

it('has a matrix of versions by models whose cells open their run, whose rows are compared and whose gaps are filled', async () => {
  const page = await stage.open(list);
  await page.locator('h1').focus();
  await page.keyboard.press('m');
  await page.getByRole('heading', { level: 1, name: 'Prompt × model' }).waitFor();
  await settled(page);
  const matrix = page.getByRole('table', { name: 'Pass rate by prompt version and model' });
  expect(await matrix.getByRole('columnheader').allTextContents()).toEqual(['Version', other, testModel]);
  const row = (version: number) =>
    matrix.getByRole('row').filter({ has: page.getByRole('rowheader', { name: `classify@${version}` }) });
  expect(await row(2).getByRole('cell').last().innerText()).toMatch(/#3 100\.0% \[79\.6–100\.0\] n=15/);
  expect(await row(1).getByRole('cell').last().innerText()).toContain('#2 ');
  expect(await findings(page)).toEqual([]);
  await page.getByText('holdout', { exact: true }).click();
  await row(2).getByText('n=5').first().waitFor();
  expect(searchOf(page)).toEqual({ split: 'holdout' });
  await row(1)
    .getByRole('link', { name: `Run classify@1 with ${other}` })
    .focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'New run' }).waitFor();
  expect(searchOf(page)).toMatchObject({
    prompt: 'classify',
    version: '1',
    set: 'labelled',
    model: other,
    split: 'holdout',
  });
  await page.goBack();
  await matrix.getByRole('link', { name: 'Compare the models with classify@2' }).click();
  await page.waitForURL(/compare\?runs=/);
  expect(searchOf(page)).toMatchObject({ runs: '3,4', split: 'holdout' });
  await page.context().close();
});

it('reads further runs as one scrolls, and all of them to sort', async () => {
  const { stores } = stage.workbench;
  const request = { prompt: 'classify', set: 'labelled', model: testModel };
  for (let index = 0; index < 230; index += 1) {
    const { id } = await createRun(stage.workbench, seeded.project, request);
    await stores.runs.request(id, 'cancel');
    await stores.runs.refreshSummary(id);
  }
  const page = await stage.open(list);
  await page.getByText('234 runs', { exact: true }).waitFor();
  const counted = () => table(page).getAttribute('aria-rowcount');
  expect(await counted()).toBe('101');
  await rows(page).first().focus();
  await page.getByRole('group', { name: 'All runs' }).evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect.poll(counted).toBe('201');
  await page.reload();
  await settled(page);
  await table(page).getByRole('button', { name: 'Pass rate' }).click();
  await expect.poll(counted).toBe('235');
  await expect.poll(() => rows(page).nth(0).innerText()).toContain('100.0%');
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('chooses the model of a comparison by embeddings from those that make them, or any other by typing', async () => {
  const page = await stage.open('/projects/reviews/runs/new');
  await page.getByRole('button', { name: 'Choose scorers' }).click();
  await page.getByRole('combobox', { name: 'Scorer' }).first().click();
  await page.getByRole('option', { name: 'similarity' }).click();
  const field = page
    .getByRole('textbox', { name: 'Embedding model' })
    .or(page.getByRole('combobox', { name: 'Embedding model' }));
  await field.focus();
  await page.getByRole('option', { name: 'text-embedding-3-small' }).waitFor();
  expect(await page.getByRole('option', { name: 'test-model' }).count()).toBe(0);
  await choose(page, '3-small', 'text-embedding-3-small');
  await expect.poll(() => field.inputValue()).toBe('openai/text-embedding-3-small');
  await field.fill('acme/mine');
  await page.keyboard.press('Tab');
  await expect.poll(() => field.inputValue()).toBe('acme/mine');
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('an address of a run without a number is no page', async () => {
  const page = await stage.open(`${list}/compare?runs=1,2`);
  await page.getByRole('heading', { name: 'No such page' }).waitFor();
  await page.context().close();
});
