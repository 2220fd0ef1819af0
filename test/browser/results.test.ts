import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunId } from '../../server/domain/ids.ts';
import { runToEnd, seedProject } from '../fixtures/seeded-project.ts';
import { openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
let address: string;
let run: RunId;

/** 400 cases, of which the 200 bad ones are answered wrongly, the first of those in Chinese. */
beforeAll(async () => {
  stage = await openStage({
    answer: ({ content }) => (/number 2$/.test(content) ? '味道很好 positive' : 'positive'),
  });
  const seeded = await seedProject(stage.workbench, { size: 400 });
  run = (await runToEnd(stage.workbench, seeded)).id;
  address = `/projects/reviews/runs/${run}`;
});
afterAll(() => stage.close());

const table = (page: Page) => page.getByRole('table', { name: 'Results' });
const row = (page: Page, index: number) => table(page).locator(`tr[aria-rowindex="${index + 2}"]`);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
const drawn = (page: Page) =>
  table(page)
    .locator('tr[data-index]')
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-index'))));
const searchOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const choose = async (page: Page, name: string, option: string) => {
  await page.getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option }).click();
};

it('keeps filters in the address, counts under them, and gives them to the files', async () => {
  const page = await stage.open(address);
  await choose(page, 'Expected', 'negative (200)');
  await page.getByRole('radiogroup', { name: 'Cases' }).getByText('dev', { exact: true }).click();
  await page.getByRole('tab', { name: 'Not passed 150' }).waitFor();
  await page.getByRole('tab', { name: 'Passed 0' }).waitFor();
  expect(searchOf(page)).toEqual({ label: 'negative', split: 'dev' });
  await page.reload();
  await settled(page);
  await page.getByRole('tab', { name: 'All 150' }).click();
  await page.getByText('of 150', { exact: false }).last().waitFor();
  expect(await table(page).getAttribute('aria-rowcount')).toBe('151');
  await page.getByRole('button', { name: 'Export' }).click();
  for (const name of ['CSV', 'JSONL'] as const) {
    const href = await page.getByRole('menuitem', { name }).first().getAttribute('href');
    expect(href).toContain(`/results.${name.toLowerCase()}?`);
    expect(href).toContain('label=negative');
    expect(href).toContain('split=dev');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('tab', { name: 'All 400' }).waitFor();
  await expect.poll(() => searchOf(page)).toEqual({ outcome: 'all' });
  await page.context().close();
});

it('finds a text in Chinese', async () => {
  const page = await stage.open(address, { language: 'zh-CN' });
  await page.getByRole('searchbox', { name: '搜索结果' }).fill('味道很好');
  await page.getByText('第 1–1 行，共 1 行').waitFor();
  expect(searchOf(page)).toEqual({ search: '味道很好' });
  await page.getByRole('tab', { name: '未通过 1' }).waitFor();
  await page.reload();
  await settled(page);
  await page.getByRole('row', { name: '味道很好' }).waitFor();
  expect(await page.getByRole('searchbox', { name: '搜索结果' }).inputValue()).toBe('味道很好');
  await page.context().close();
});

it('scrolls past the pages that are read, with as few rows as are seen', async () => {
  const page = await stage.open(`${address}?outcome=all`);
  await row(page, 0).hover();
  let last = 0;
  while (last < 250) {
    await page.mouse.wheel(0, 600);
    await page.waitForFunction(() => document.querySelector('tr[aria-busy="true"]') === null);
    await expect.poll(async () => Math.max(...(await drawn(page)))).toBeGreaterThan(last);
    const seen = await drawn(page);
    expect(seen.length).toBeLessThan(60);
    last = Math.max(...seen);
  }
  await row(page, last).getByText('passed').waitFor();
  await page.getByRole('button', { name: 'To the last row' }).click();
  await row(page, 399).getByText('A good dinner, number 399').waitFor();
  await page.context().close();
});

it('is worked by the keyboard alone: to a failure, a verdict, the next, over the edge of a page, and back', async () => {
  const page = await stage.open(address);
  await page.getByRole('tab', { name: 'Not passed 200' }).focus();
  const isInTable = () => page.evaluate(() => document.activeElement?.matches('tr[data-index]') ?? false);
  for (let tabs = 0; tabs < 20 && !(await isInTable()); tabs += 1) await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('2');
  await page.keyboard.press('PageDown');
  await expect.poll(() => focused(page)).not.toBe('2');
  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toBe('201');
  await page.keyboard.press('Home');
  await expect.poll(() => focused(page)).toBe('2');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await panel.getByText('1 of 200').waitFor();
  await panel.getByText('Answer read:').waitFor();
  await page.keyboard.press('f');
  await panel.getByText('Saved').waitFor();
  for (let next = 2; next <= 105; next += 1) {
    await page.keyboard.press('j');
    await panel.getByText(`${next} of 200`).waitFor();
  }
  await page.keyboard.press('k');
  await panel.getByText('104 of 200').waitFor();
  const scrolled = () => table(page).evaluate((element) => element.parentElement?.scrollTop ?? 0);
  const before = await scrolled();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('105');
  expect(await scrolled()).toBe(before);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toBe('106');
  await page.context().close();
});

it('opens at a result that a link names, however far down it is', async () => {
  const { results } = stage.workbench.stores;
  const last = await results.at(run, { outcome: 'not_passed' }, 180);
  const page = await stage.open(`${address}?result=${last}`);
  await page.getByRole('complementary').getByText('180 of 200').waitFor();
  await row(page, 179).and(page.locator('[aria-current="true"]')).waitFor();
  await page.keyboard.press('k');
  await page.getByRole('complementary').getByText('179 of 200').waitFor();
  expect(stage.problems).toEqual([]);
  await page.context().close();
});
