import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runToEnd, seedProject } from '../fixtures/seeded-project.ts';
import { focused, openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
let address: string;

beforeAll(async () => {
  stage = await openStage({ answer: () => 'positive' });
  const run = await runToEnd(stage.workbench, await seedProject(stage.workbench, { size: 8 }));
  address = `/projects/reviews/runs/${run.id}`;
});
afterAll(() => stage.close());

const thread = (page: Page) => page.getByRole('region', { name: 'Comments' });
const said = (place: Page | Locator, text: string) => place.getByRole('listitem').getByText(text, { exact: true });
const rows = (page: Page) => page.getByRole('table', { name: 'Results' }).getByRole('row');

it('is written by the keyboard alone, kept through a reload until it is sent, and seen in the list', async () => {
  const page = await stage.open(address);
  await thread(page).getByText('None yet').waitFor();
  const field = thread(page).getByRole('textbox', { name: 'Write a comment' });
  await page.keyboard.press('m');
  await focused(field);
  await page.keyboard.type('Why so many?\n<b>Look</b>');
  await page.reload();
  await settled(page);
  expect(await field.inputValue()).toBe('Why so many?\n<b>Look</b>');
  await field.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ada');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+Enter');
  await thread(page).getByText('Ada', { exact: true }).waitFor();
  expect(await thread(page).getByRole('listitem').locator('p').innerText()).toBe('Why so many?\n<b>Look</b>');
  await expect.poll(() => field.inputValue()).toBe('');
  await thread(page).getByRole('button', { name: 'Edit' }).press('Enter');
  await focused(thread(page).getByRole('listitem').getByRole('textbox'));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Why?');
  await page.keyboard.press('Control+Enter');
  await thread(page).getByText('edited').waitFor();
  await thread(page).getByRole('button', { name: 'Resolve' }).press('Enter');
  await thread(page).getByText('Resolved by Ada').waitFor();
  await page.goto(`${stage.url}/projects/reviews/runs`);
  await page.getByRole('img', { name: '1 comment, 0 open' }).waitFor();
  await page.context().close();
});

it('stands at a result and at its case, where the set shows it too; one deleted is gone', async () => {
  const page = await stage.open(address);
  const first = rows(page).filter({ hasText: 'case-' }).first();
  await first.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await panel.getByRole('region', { name: 'Comments' }).waitFor();
  await page.keyboard.press('m');
  await focused(panel.getByRole('textbox', { name: 'Write a comment' }));
  await page.keyboard.type('A bad answer');
  await page.keyboard.press('Control+Enter');
  await said(panel, 'A bad answer').waitFor();
  await panel.getByText('the case', { exact: true }).click();
  await panel.getByRole('textbox', { name: 'Write a comment' }).fill('A doubtful label');
  await panel.getByRole('button', { name: 'Comment', exact: true }).click();
  await said(panel, 'A doubtful label').waitFor();
  await panel.getByText('on the case').waitFor();
  await first.getByRole('img', { name: '2 comments, 2 open' }).waitFor();
  await panel.getByRole('link', { name: 'Open the case in its set' }).click();
  const drawer = page.getByRole('dialog');
  await said(drawer, 'A doubtful label').waitFor();
  expect(await drawer.getByText('A bad answer').count()).toBe(0);
  await drawer.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this comment?' }).getByRole('button', { name: 'Delete' }).click();
  await drawer.getByText('None yet').waitFor();
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('what is written while a comment is on its way stays', async () => {
  const page = await stage.open(address);
  const sent = Promise.withResolvers<void>();
  await page.route('**/api/comments', async (route) => {
    await sent.promise;
    await route.continue();
  });
  const field = thread(page).getByRole('textbox', { name: 'Write a comment' });
  await field.fill('First.');
  await field.press('Control+Enter');
  await field.press('End');
  await page.keyboard.type('Second.');
  sent.resolve();
  await said(thread(page), 'First.').waitFor();
  await expect.poll(() => field.inputValue()).toBe('Second.');
  await page.context().close();
});
