import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunId } from '../../server/domain/ids.ts';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sample: true, answer: () => 'positive' });
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

const address = (search: Record<string, unknown>) =>
  `/projects/restaurant-reviews/playground?${Object.entries(search)
    .map(([name, value]) => `${name}=${encodeURIComponent(JSON.stringify(value))}`)
    .join('&')}`;
const columns = { versions: ['sentiment@2', 'sentiment@4'], models: ['builtin/lexicon'] };
const soundIn = async (page: Page) => expect(await findings(page)).toEqual([]);
const rows = (page: Page) => page.getByRole('region', { name: 'Answers' }).locator('tbody tr');

it('finds cases in the whole of dev, draws them, and takes what a run did not pass', async () => {
  const page = await stage.open(address(columns));
  await page.getByRole('combobox', { name: /^Cases, up to 10/ }).fill('pizza');
  const found = page.getByRole('option', { name: /pizza/i });
  await found.first().waitFor();
  await expect.poll(() => page.getByRole('option').filter({ hasNotText: /pizza/i }).count()).toBe(0);
  await found.first().click();
  await expect.poll(() => rows(page).count()).toBe(4);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Draw 10 at random' }).click();
  await expect.poll(() => rows(page).count()).toBe(10);
  await page.getByRole('combobox', { name: 'Only what a run did not pass' }).click();
  const run = page.getByRole('option', { name: /builtin\/lexicon/ }).first();
  const failed = Number(/(\d+) failed/.exec((await run.textContent()) ?? '')?.[1]);
  await run.click();
  await expect.poll(() => rows(page).count()).toBe(Math.min(10, failed));
  expect(new URL(page.url()).searchParams.get('failedIn')).toMatch(/^\d+$/);
  await soundIn(page);
  await page.context().close();
});

it('makes an answer what a case expects, once a person confirms it', async () => {
  const { projects, evalSets } = stage.workbench.stores;
  const [project] = await projects.list();
  const set = project && (await evalSets.find(project.id, 'restaurant-reviews'));
  const newest = async () => {
    const version = set && (await evalSets.version(set.id, null));
    if (!version) throw new Error('the sample has a set');
    return { version, cases: await evalSets.cases(version, { split: 'dev' }) };
  };
  const before = await newest();
  const negative = before.cases.find(({ expected }) => expected === 'negative');
  if (negative === undefined) throw new Error('the sample has a negative case');
  const page = await stage.open(
    address({ versions: ['sentiment@2'], models: ['openai/test-model'], cases: [negative.key] }),
  );
  await page.getByRole('button', { name: 'Ask 1 time' }).click();
  await page.getByRole('button', { name: 'Correct what is expected' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The set expects so far: negative').waitFor();
  await soundIn(page);
  await dialog.getByRole('button', { name: 'Save what is expected' }).click();
  await page.getByText('Kept in Restaurant reviews').waitFor();
  const after = await newest();
  expect(after.version.number).toBe(before.version.number + 1);
  expect(after.cases.find(({ key }) => key === negative.key)).toMatchObject({
    expected: 'positive',
    tags: negative.tags,
    split: 'dev',
  });
  await page.context().close();
});

it('turns the whole into runs that land in one comparison', async () => {
  const page = await stage.open(address(columns));
  await page.getByRole('button', { name: 'Run 2 columns on all of dev' }).click();
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.getByText(/^\d+ calls/).count()).toBe(2);
  await soundIn(page);
  await dialog.getByRole('button', { name: 'Start 2 runs' }).click();
  await page.waitForURL(/compare\?runs=\d+(%2C|,)\d+/);
  const ids = (new URL(page.url()).searchParams.get('runs') ?? '').split(',').map(Number);
  const runs = await Promise.all(ids.map((id) => stage.workbench.stores.runs.get(id as RunId)));
  expect(runs.map(({ settings }) => settings.split)).toEqual(['dev', 'dev']);
  await page.getByText(`#${ids[1]}`, { exact: false }).first().waitFor();
  await page.context().close();
});
