import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReleaseId } from '../../server/domain/ids.ts';
import { type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { openStage, type Stage, settled } from './stage.ts';

const monitor = '/projects/reviews/monitor';
const alerts = `${monitor}/alerts`;
let stage: Stage;
let seeded: SeededProject;
let release: ReleaseId;

/** Forty calls of the second release in production, every other one disliked; the last two resemble each other, the first one a case. */
beforeAll(async () => {
  stage = await openStage();
  seeded = await seedProject(stage.workbench);
  const { observations, prompts, releases } = stage.workbench.stores;
  const { project, prompt } = seeded;
  const version = await prompts.version(prompt.id, 1);
  if (version === null) throw new Error('the seeded prompt has a version');
  const move = { promptId: prompt.id, label: 'production', kind: 'move' as const, reason: 'go', author: 'Grace' };
  for (const model of ['openai/earlier', testModel]) {
    const made = await releases.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model,
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: '',
      approvedBy: 'Grace',
    });
    release = made.id;
    await releases.moveLabel({ ...move, releaseId: release });
  }
  const long = 'We waited for an hour although the room was empty, and then the soup came cold, the bread was stale';
  for (let i = 0; i < 40; i++) {
    const review =
      i === 1 ? 'a GOOD dinner, number 7' : i >= 37 ? `${long}${'.'.repeat(i)}` : `Call ${'x'.repeat(i)} ${i}`;
    await observations.add({
      projectId: project.id,
      releaseId: release,
      input: { review },
      output: '<b>positive</b>',
      latencyMs: 100,
      inputTokens: null,
      outputTokens: null,
      costUsd: null,
      feedback: i % 2 === 0 ? 'up' : 'down',
      feedbackNote: '',
    });
  }
});
afterAll(() => stage.close());

const axe = async (page: Page) => expect(await findings(page)).toEqual([]);
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

it('a rule is added by keyboard, fires, says why and where to look, and is acknowledged under a name', async () => {
  const page = await stage.open(monitor);
  await page.getByRole('link', { name: 'Alerts' }).press('Enter');
  await page.getByText('No rule watches this project yet').waitFor();
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a rule' });
  await dialog.getByRole('combobox', { name: 'What to watch' }).press('Enter');
  await page.getByRole('option', { name: 'Thumbs-up' }).click();
  const share = dialog.getByRole('textbox', { name: 'Share of calls with feedback that must get a thumbs-up' });
  await share.fill('90');
  await axe(page);
  await share.press('Enter');
  const rule = page.getByRole('article', { name: 'classify: at least 90.0% of calls with feedback get a thumbs-up' });
  await rule.getByText('firing').waitFor();
  await rule.getByText(/Release 2: 20 of 40 calls \(50\.0%, interval \[.*\]\) since .*; asked: 90\.0%\./).waitFor();
  await page.getByTitle('1 alert fires').waitFor();
  await axe(page);

  await rule.getByRole('button', { name: 'Acknowledge' }).click();
  const acknowledge = page.getByRole('dialog', { name: 'Acknowledge this alert' });
  await acknowledge.getByRole('textbox', { name: 'Note' }).fill('The new menu confuses it.');
  await acknowledge.getByRole('textbox', { name: /name/i }).fill('Ada');
  await acknowledge.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('cell', { name: 'Ada: The new menu confuses it.' }).waitFor();
  await rule.getByText('acknowledged').waitFor();
  await page.getByTitle('1 alert fires').waitFor({ state: 'detached' });

  await rule.getByRole('link', { name: 'Look at its calls' }).click();
  await page.waitForURL(`**${monitor}?release=${release}&feedback=down`);
  await settled(page);
  await page.goBack();
  await rule.getByRole('link', { name: 'Look at the release' }).click();
  await page.getByRole('dialog').getByText('Release 2').first().waitFor();
  await page.goBack();
  await rule.getByRole('link', { name: 'Roll production back' }).click();
  const back = page.getByRole('dialog', { name: /roll.*back/i });
  await back.getByRole('textbox', { name: 'Reason' }).fill('users dislike it');
  await back.getByRole('button', { name: /roll.*back/i }).click();
  await back.waitFor({ state: 'detached' });
  expect((await stage.workbench.stores.releases.labelled(seeded.prompt.id, 'production'))?.number).toBe(1);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('a webhook is set, refused on this machine, and says so', async () => {
  const page = await stage.open(alerts);
  await page.getByRole('button', { name: 'Set a webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a webhook' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/hook');
  await dialog.getByRole('textbox', { name: 'Variable with the Authorization header' }).fill('OPENAI_API_KEY');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('webhook_variable_invalid').waitFor();
  await dialog.getByRole('textbox', { name: 'Variable with the Authorization header' }).fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('http://127.0.0.1:9/hook').waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByRole('cell', { name: /failed.*not on the public internet/ }).waitFor();
  await axe(page);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('disliked calls are searched, selected and added as one version of the set', async () => {
  const page = await stage.open(`${monitor}?feedback=down`);
  await page.getByRole('searchbox', { name: 'Search calls' }).fill('xxx');
  await page.getByRole('checkbox', { name: 'Select call 2', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('searchbox', { name: 'Search calls' }).fill('');
  await page.getByRole('checkbox', { name: 'Select call 2', exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'Select all calls shown' }).check();
  await page.getByText('20 selected').waitFor();
  await page.getByRole('button', { name: 'Add 20 to a set' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add production calls to an evaluation set' });
  await dialog.getByText('2 resemble a case or another call').waitFor();
  await dialog.getByText('Resembles call 40, which stands for it.').waitFor();
  await dialog.getByText('Resembles the case case-7.').waitFor();
  await axe(page);
  await dialog.getByRole('combobox', { name: 'Expected answer of call 40' }).selectOption('negative');
  await dialog.getByText('17 have no expected answer.').waitFor();
  await dialog.getByRole('textbox', { name: 'Note of the set version' }).fill('Disliked');
  await dialog.getByRole('button', { name: 'Add 18 cases' }).click();
  await dialog.getByText('18 cases were added to labelled, now at version 2.').waitFor();
  await dialog.getByRole('link', { name: 'Open the set' }).click();
  await settled(page);
  const version = await stage.workbench.stores.evalSets.version(seeded.set.id, null);
  expect(version).toMatchObject({ number: 2, note: 'Disliked', caseCount: 38 });
  await page.goto(`${stage.url}${monitor}?feedback=down`);
  await settled(page);
  await expect.poll(() => page.getByRole('checkbox', { name: /Select call/ }).count()).toBe(2);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it.each([
  ['zh-CN', 'dark', 390],
  ['en', 'light', 390],
  ['zh-CN', 'light', 1440],
] as const)('alerts and the dialog fit in %s, %s, at %i', async (language, scheme, width) => {
  const page = await stage.open(alerts, { language, scheme, width });
  expect(await sideways(page)).toBe(0);
  await axe(page);
  await page.goto(`${stage.url}${monitor}`);
  await settled(page);
  await page.getByRole('button', { name: language === 'en' ? 'Add all that match' : '将全部匹配的加入评测集' }).click();
  await page.getByRole('list', { name: language === 'en' ? 'Calls that may be added' : '可加入的调用' }).waitFor();
  expect(await sideways(page)).toBe(0);
  await axe(page);
  await page.context().close();
});
