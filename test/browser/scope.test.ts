import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '../../server/domain/scope.ts';
import { readMood, runToEnd, scopeAsking, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { choose, focused, openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ models: ['test-model'], answer: readMood });
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

const addressOf = (project: string) => `/projects/${project}/scope`;
const sound = async (page: Page) => expect(await findings(page)).toEqual([]);
const versionsOf = async (project: string) => {
  const { projects } = stage.workbench.stores;
  const found = await projects.find(project);
  return found === null ? [] : projects.scopeVersions(found.id);
};
const scopeOf = async (project: string): Promise<Scope | undefined> => (await versionsOf(project))[0]?.scope;

/** Goes on by Tab until the element has the focus, as who has no mouse does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let pressed = 0; pressed < 150; pressed++) {
    if ((await element.count()) > 0 && (await element.evaluate((node) => node === document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${element}`);
}
const write = async (page: Page, field: Locator, text: string) => {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
};
const field = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name });

it('is filled in, saved, changed, compared, restored and commented by the keyboard alone', async () => {
  const { project, set } = await seedProject(stage.workbench, { name: 'Keys', size: 40 });
  const { evalSets } = stage.workbench.stores;
  const cases = await evalSets.cases((await evalSets.version(set.id, null)) ?? expect.fail('seeded'));
  const replaced = cases.slice(0, 12).map(({ id: _id, position: _position, ...one }) => ({ ...one, tags: ['irony'] }));
  await evalSets.change(set.id, 1, { added: [], replaced, removed: [] }, { note: '', author: '' });
  const page = await stage.open(addressOf(project.slug));
  await page.getByText('0 of 8 filled in').waitFor();
  await sound(page);

  await write(page, field(page, '1. Problem'), 'Nobody reads the reviews.');
  await write(page, field(page, '2. Users'), 'Owners');
  await tabTo(page, page.getByRole('button', { name: 'Add an example' }));
  await page.keyboard.press('Enter');
  const example = page.getByRole('group', { name: 'Example 1' });
  await focused(example.getByRole('textbox', { name: 'Goes in' }));
  await page.keyboard.type('The soup was <b>good</b>.');
  await page.keyboard.press('Tab');
  await page.keyboard.type('positive');
  expect(await example.getByRole('textbox', { name: 'Goes in' }).inputValue()).toBe('The soup was <b>good</b>.');
  await tabTo(page, page.getByRole('switch', { name: 'Data may leave this machine' }));
  await page.keyboard.press('Space');
  await write(page, field(page, 'Target pass rate'), '90');
  // Ten holdout cases can't show 90 %.
  await page.getByText('labelled: too few. Even if all 10 holdout cases pass, the lower bound is 72.2%.').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Add a minimum' }));
  await page.keyboard.press('Enter');
  await focused(page.getByRole('combobox', { name: 'Tag' }));
  await choose(page, 'iro', 'irony 12 cases, 10 holdout');
  await page.keyboard.press('Control+s');
  await page.getByRole('alert').getByText('a minimum needs a tag and a pass rate').waitFor();
  expect(await versionsOf(project.slug)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.type('70');
  await page.getByText('labelled: 10 holdout cases, which can show 72.2% at most.').waitFor();

  // What is not saved survives a reload.
  await page.reload();
  await settled(page);
  await page.getByText('Your unsaved draft is here again').waitFor();
  await sound(page);
  await write(page, field(page, 'Your name'), 'Ada');
  await page.keyboard.press('Control+s');
  await page.getByText('Version 1 is saved.').waitFor();
  expect(await scopeOf(project.slug)).toMatchObject({
    problem: 'Nobody reads the reviews.',
    users: 'Owners',
    dataMayLeave: true,
    targetPassRate: 0.9,
    examples: [{ input: 'The soup was <b>good</b>.', output: 'positive' }],
    minimumsByTag: [{ tag: 'irony', passRate: 0.7 }],
  });
  await page.getByText('4 of 8 filled in').waitFor();

  await page.keyboard.press('m');
  await tabTo(page, field(page, 'Write a comment'));
  await page.keyboard.type('Why not 95?');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Comments' }).getByText('on version 1').waitFor();
  await page.getByRole('button', { name: '1 comment, 1 open' }).waitFor();

  await page.reload();
  await settled(page);
  await write(page, field(page, '2. Users'), 'Owners and cooks');
  await write(page, field(page, 'Target pass rate'), '95');
  await page.getByText('Changed: Users, Target pass rate.').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Version 2 is saved.').waitFor();
  await tabTo(page, page.getByRole('link', { name: 'Changes' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/scope\/versions\?from=1&to=2/);
  const compared = page.getByRole('region', { name: 'Compare' });
  await compared.getByText('Owners and cooks').waitFor();
  expect(await compared.locator('dt').allInnerTexts()).toEqual(['Users', 'Target pass rate']);
  expect(await compared.locator('ins').allInnerTexts()).toEqual([' and cooks', '95.0%']);
  expect(await compared.locator('del').allInnerTexts()).toEqual(['90.0%']);
  await sound(page);
  await tabTo(page, page.getByRole('button', { name: 'Restore version 1' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Restore version 1?' });
  await dialog.getByText('becomes version 3').waitFor();
  await tabTo(page, dialog.getByRole('button', { name: 'Restore' }));
  await page.keyboard.press('Enter');
  await page.getByText('Version 3 says what version 1 said.').waitFor();
  expect(await scopeOf(project.slug)).toEqual((await versionsOf(project.slug))[2]?.scope);
  await page.context().close();
});

it('is not saved over what someone else saved meanwhile: both are put together, or one is taken', async () => {
  const { project } = await seedProject(stage.workbench, { name: 'Tabs' });
  await stage.workbench.stores.projects.saveScope(project.id, scopeAsking({ users: 'Owners' }), 'Ada');
  const [ada, grace] = [await stage.open(addressOf('tabs')), await stage.open(addressOf('tabs'))];
  await field(ada, '2. Users').fill('Owners and cooks');
  await field(ada, 'Your name').fill('Ada');
  await field(grace, '1. Problem').fill('Too many reviews.');
  await field(grace, '2. Users').fill('Guests');
  await ada.getByRole('button', { name: 'Save scope' }).click();
  await ada.getByText('Version 2 is saved.').waitFor();
  await field(ada, '2. Users').fill('Nobody');
  // Each page also looks by itself now and then whether someone saved, and then its button is off.
  await grace.keyboard.press('Control+s');
  const notice = grace.getByRole('alert').filter({ hasText: 'Ada saved version 2 meanwhile' });
  await notice.getByText('It changes: Users. You changed: Problem, Users. Both changed: Users').waitFor();
  await notice.getByText('Owners and cooks').waitFor();
  await sound(grace);
  expect(await versionsOf('tabs')).toHaveLength(2);
  await expect.poll(() => grace.getByRole('button', { name: 'Save scope' }).isDisabled()).toBe(true);

  // What both changed stays as it is here; what only the other one changed comes along.
  await stage.workbench.stores.projects.saveScope(
    project.id,
    scopeAsking({ users: 'Owners and cooks', mustNever: 'Insult a guest' }),
    'Ada',
  );
  await grace.reload();
  await settled(grace);
  await grace.getByText('Ada saved version 3 meanwhile').waitFor();
  await grace.getByRole('button', { name: 'Put my changes over it' }).click();
  await expect.poll(() => field(grace, /What must never happen/).inputValue()).toBe('Insult a guest');
  expect(await field(grace, '2. Users').inputValue()).toBe('Guests');
  await grace.getByText('Changed: Problem, Users.').waitFor();
  await grace.getByRole('button', { name: 'Save scope' }).click();
  await grace.getByText('Version 4 is saved.').waitFor();
  expect(await scopeOf('tabs')).toMatchObject({
    problem: 'Too many reviews.',
    users: 'Guests',
    mustNever: 'Insult a guest',
  });

  await ada.keyboard.press('Control+s');
  await ada.getByRole('button', { name: 'Take version 4' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Take version 4' }).click();
  await expect.poll(() => field(ada, '2. Users').inputValue()).toBe('Guests');
  // Who has written nothing follows the newest one.
  await ada.reload();
  await settled(ada);
  await expect.poll(() => field(ada, '1. Problem').inputValue()).toBe('Too many reviews.');
  expect(await ada.getByText('Your unsaved draft is here again').count()).toBe(0);
  await ada.context().close();
  await grace.context().close();
});

it('what differs fits on a phone, in Chinese and in the dark', async () => {
  const page = await stage.open(`${addressOf('tabs')}/versions?from=1&to=4&all=true`, {
    language: 'zh-CN',
    scheme: 'dark',
    width: 390,
    height: 844,
  });
  await page.getByRole('region', { name: '比较' }).getByText('Insult a guest').waitFor();
  await sound(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.context().close();
});

it('says before saving which requests for a release fall, and afterwards under which version they were made', async () => {
  const seeded = await seedProject(stage.workbench, { name: 'Falling', size: 40 });
  await stage.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.5 }), 'Ada');
  await runToEnd(stage.workbench, seeded);
  const asked = await fetch(`${stage.url}/api/projects/falling/release-requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'classify', version: 1, model: testModel, note: 'good', author: 'Ada' }),
  });
  expect(asked.status).toBe(200);
  const page = await stage.open(addressOf('falling'));
  const warning = page.getByText('1 open request for a release falls with this');
  expect(await warning.count()).toBe(0);
  await field(page, '1. Problem').fill('Another one');
  await warning.waitFor();
  await page.getByRole('link', { name: 'Request 1, classify v1' }).waitFor();
  await sound(page);
  await page.getByRole('button', { name: 'Save scope' }).click();
  await page.getByText('Version 2 is saved.').waitFor();
  await page.goto(`${stage.url}${addressOf('falling')}/versions`);
  await page
    .getByRole('row', { name: /Request 1, classify v1/ })
    .getByRole('cell', { name: '1', exact: true })
    .waitFor();
  await page.getByRole('link', { name: 'Request 1, classify v1' }).click();
  await page.getByRole('dialog', { name: 'Request 1: classify v1' }).waitFor();
  await page.context().close();
});

it('is saved on a machine that is off the network, since the server is on the same one', async () => {
  const { project } = await seedProject(stage.workbench, { name: 'Aeroplane', size: 4 });
  const page = await stage.open(addressOf(project.slug));
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await field(page, '1. Problem').fill('No network up here.');
  await page.keyboard.press('Control+s');
  await page.getByText('Version 1 is saved.').waitFor();
  await page.getByRole('link', { name: 'Prompts' }).first().click();
  await page.getByRole('link', { name: 'classify' }).first().waitFor();
});
