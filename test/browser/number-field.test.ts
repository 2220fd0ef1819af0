import { afterAll, beforeAll, expect, it } from 'vitest';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

it('a price below zero is said to be wrong and not saved, with no minus left out', async () => {
  const page = await stage.open('/settings');
  await page.getByRole('button', { name: 'Add a price' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Model').fill('acme/large');
  const input = dialog.getByRole('textbox', { name: /^Input/ });
  await input.pressSequentially('-5');
  await dialog.getByText('Must be 0 or more.').waitFor();
  await dialog.getByRole('textbox', { name: /^Output/ }).fill('2');
  await dialog.getByLabel('Where it stands').fill('a contract');
  await dialog.getByRole('button', { name: 'Save' }).click();
  expect(await input.inputValue()).toBe('-$5');
  expect(await stage.workbench.stores.prices.present()).toEqual([]);
  expect(await findings(page)).toEqual([]);
  await input.fill('5');
  await dialog.getByText('Must be 0 or more.').waitFor({ state: 'hidden' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await stage.workbench.stores.prices.present()).toMatchObject([{ value: { input: 5, output: 2 } }]);
  await page.context().close();
});

it('a plan of costs says so too, in the language of the reader', async () => {
  const page = await stage.open('/costs', { language: 'zh-CN', scheme: 'dark', width: 390 });
  const first = page.getByRole('textbox').first();
  await first.waitFor();
  await first.fill('');
  await first.pressSequentially('-3');
  await page.getByText('须不小于 0。').waitFor();
  await page.context().close();
});
