import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runToEnd, seedProject } from '../fixtures/seeded-project.ts';
import { openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
let address: string;
let answer = 'positive';

beforeAll(async () => {
  stage = await openStage({ answer: ({ content }) => (content.includes('good') ? 'positive' : answer) });
  const run = await runToEnd(stage.workbench, await seedProject(stage.workbench, { size: 20 }));
  address = `/projects/reviews/runs/${run.id}`;
});
afterAll(() => stage.close());

const rows = (page: Page) => page.getByRole('table', { name: 'Results' }).locator('tbody tr');
const searchOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

it('leads from a cell of the matrix to its cases, whose filters can be taken away', async () => {
  const page = await stage.open(address);
  await page.getByRole('tab', { name: 'Expected × answer' }).click();
  await page.getByRole('link', { name: '10 results: expected negative, answered positive' }).click();
  await page.getByRole('button', { name: 'Remove the filter: Answer' }).waitFor();
  expect(searchOf(page)).toMatchObject({ label: 'negative', answer: 'positive', outcome: 'all', part: 'answers' });
  await page.getByText('of 10', { exact: false }).last().waitFor();
  await page.getByRole('button', { name: 'Remove the filter: Answer' }).click();
  await page.getByRole('button', { name: 'Remove the filter: Expected' }).click();
  await page.getByText('of 20', { exact: false }).last().waitFor();
  await page.getByRole('searchbox', { name: 'Search results' }).fill('NUMBER 7');
  await page.getByText('1–1 of 1', { exact: true }).waitFor();
  await expect.poll(() => rows(page).count()).toBe(1);
  expect(searchOf(page)).toMatchObject({ search: 'NUMBER 7' });
  await page.context().close();
});

it('has a verdict by a key, and one answer asked for again', async () => {
  const page = await stage.open(address);
  await rows(page).first().focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await panel.getByText('Answer read:').waitFor();
  const first = await panel.getByRole('heading', { level: 3 }).textContent();
  await page.keyboard.press('p');
  await panel.getByText('The scorers say otherwise.').waitFor();
  await panel.getByText('Saved').waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => panel.getByRole('heading', { level: 3 }).textContent()).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(() => panel.getByRole('radio', { name: 'Pass' }).isChecked()).toBe(true);
  answer = 'negative';
  await panel.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('Answered again: passed').waitFor();
  await panel.getByText('2 attempts').waitFor();
  await page.getByRole('tab', { name: 'Not passed 9' }).waitFor();
  await page.context().close();
});

it('keeps the chosen columns, and gives the results as a file', async () => {
  const page = await stage.open(`${address}?outcome=all`);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Verdict' }).click();
  await page.getByRole('checkbox', { name: 'Latency' }).click();
  await page.reload();
  await settled(page);
  const heads = page.getByRole('table', { name: 'Results' }).getByRole('columnheader');
  await expect
    .poll(() => heads.allTextContents())
    .toEqual(['Outcome', 'Input', 'Expected', 'Output', 'Category', 'Verdict', 'Split']);
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).last().click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(/^run-\d+\.csv$/);
  expect(text.trimEnd().split('\r\n')).toHaveLength(21);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('stands under its own project, whatever project the address names', async () => {
  await stage.workbench.stores.projects.create('Elsewhere');
  const page = await stage.open(`${address.replace('/reviews/', '/elsewhere/')}?outcome=passed`);
  await page.waitForURL(`**${address}?outcome=passed`);
  await page.context().close();
});
