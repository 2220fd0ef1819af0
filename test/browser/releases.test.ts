import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addVersion,
  readMood,
  runToEnd,
  type SeededProject,
  scopeAsking,
  seedProject,
} from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { openStage, type Stage, settled } from './stage.ts';

const releases = '/projects/reviews/releases';
let stage: Stage;
let seeded: SeededProject;

/** Version 2 answers all ten holdout cases rightly, which can't show 90 %. Ada wrote both. */
beforeAll(async () => {
  stage = await openStage({ models: ['test-model'], answer: readMood });
  seeded = await seedProject(stage.workbench, { size: 40 });
  await addVersion(stage.workbench, seeded, 'Say the mood.');
  await stage.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.9 }), 'Ada');
  await runToEnd(stage.workbench, seeded, { version: 1 });
  await runToEnd(stage.workbench, seeded, { version: 2 });
});
afterAll(() => stage.close());

const axe = async (page: Page) => expect(await findings(page)).toEqual([]);
const settings = async (page: Page) => {
  await page.goto(`${stage.url}/settings`);
  await settled(page);
};
const takeToken = async (page: Page): Promise<string> => {
  const token = (await page.getByText(/^whet_/).textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it' }).click();
  return token;
};
const candidate = `${releases}?prompt=classify&version=2&model=${encodeURIComponent(testModel)}`;

it('a release is asked for by one person, discussed, and approved over a gate by another', async () => {
  // Ada adds herself and Grace.
  const ada = await stage.open('/settings');
  await ada.getByRole('button', { name: 'Add yourself' }).click();
  await ada.getByRole('textbox', { name: 'Name' }).fill('Ada');
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  const adaToken = await takeToken(ada);
  await ada.getByRole('button', { name: 'You are Ada' }).waitFor();
  await ada.getByRole('button', { name: 'Add a person' }).click();
  await ada.getByRole('textbox', { name: 'Name' }).fill('Grace');
  await ada.getByRole('combobox', { name: 'Role', exact: true }).click();
  await ada.getByRole('option', { name: 'approver' }).click();
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  const graceToken = await takeToken(ada);
  expect(graceToken).not.toBe(adaToken);
  await ada.getByRole('row', { name: /Grace/ }).waitFor();
  await axe(ada);

  // She asks, and can't approve her own work.
  await ada.goto(`${stage.url}${candidate}`);
  await settled(ada);
  await ada.getByRole('textbox', { name: 'Why it should be released' }).fill('All ten are right.');
  await ada.getByRole('button', { name: 'Ask for the release of classify v2' }).click();
  const asked = ada.getByRole('dialog', { name: 'Request 1: classify v2' });
  await asked.getByText('You wrote or requested this version').waitFor();
  expect(await asked.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
  await axe(ada);

  // Who did not say who they are can read it, and change nothing.
  const grace = await stage.open(`${releases}?request=1`);
  const request = grace.getByRole('dialog', { name: 'Request 1: classify v2' });
  await request.getByText('Say who you are, at the top of the page').waitFor();
  await request.getByRole('textbox', { name: 'Comment' }).fill('Who am I?');
  await request.getByRole('button', { name: 'Comment' }).click();
  await request.getByText('Say who you are first').waitFor();
  await grace.keyboard.press('Escape');
  await grace.getByRole('button', { name: 'Say who you are' }).click();
  await grace.getByRole('menuitem', { name: 'Say who you are' }).click();
  await grace.getByLabel('Your token').fill('whet_wrong');
  await grace.keyboard.press('Enter');
  await grace.getByText('No person here has this token').waitFor();
  await grace.getByLabel('Your token').fill(graceToken);
  await grace.keyboard.press('Enter');
  await grace.getByRole('button', { name: 'You are Grace' }).waitFor();

  // Grace speaks of a case, and approves with a reason for the gate that ten cases can't pass.
  await grace
    .getByRole('row', { name: /classify v2/ })
    .first()
    .click();
  await request.getByRole('textbox', { name: 'Comment' }).fill('This one is too easy.');
  await request.getByRole('textbox', { name: 'About a case' }).fill('case-1');
  await request.getByRole('button', { name: 'Comment' }).click();
  await request.getByRole('link', { name: 'on case case-1' }).waitFor();
  await request.getByRole('textbox', { name: 'Note' }).fill('Fine for the pilot.');
  await request
    .getByRole('textbox', { name: 'Why it may be released although' })
    .fill('Fifty more cases come on Monday.');
  await request.getByRole('button', { name: 'Approve' }).click();
  await grace.getByRole('button', { name: 'Point production to it' }).waitFor();
  await grace.getByRole('textbox', { name: 'Reason' }).fill('the pilot starts');
  await grace.getByRole('button', { name: 'Point production to it' }).click();
  const served = async () => (await fetch(`${stage.url}/api/prompts/reviews/classify/production`)).json();
  await expect.poll(served).toMatchObject({ version: 2 });

  // All of it is kept, under the names of those who did it.
  const [release] = await stage.workbench.stores.releases.list(seeded.project.id);
  expect(release).toMatchObject({
    approvedBy: 'Grace',
    overrides: [{ name: 'pass_rate', state: 'not_provable', reason: 'Fifty more cases come on Monday.' }],
  });
  await grace.goto(`${stage.url}${releases}?release=${release?.id}`);
  await grace.getByText('Fifty more cases come on Monday.').waitFor();
  expect(stage.problems).toEqual([]);
  await ada.context().close();
  await grace.context().close();
});

it('nobody who only looks on can add people or move a label', async () => {
  const [ada] = await stage.workbench.stores.people.list();
  expect(ada?.name).toBe('Ada');
  const page = await stage.open('/settings');
  await settings(page);
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Mallory');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Say who you are first').waitFor();
  expect((await stage.workbench.stores.people.list()).map(({ name }) => name)).toEqual(['Ada', 'Grace']);
  await page.context().close();
});

it('people, requests and their evidence fit on a phone, in Chinese and in the dark', async () => {
  const page = await stage.open(`${releases}?request=1`, {
    language: 'zh-CN',
    scheme: 'dark',
    width: 390,
    height: 844,
  });
  await page.getByRole('dialog', { name: '申请 1：classify 版本 2' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await axe(page);
  await settings(page);
  await page.getByRole('heading', { name: '人员' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await axe(page);
  await page.context().close();
});
