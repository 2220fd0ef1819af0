import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

const set = '/projects/restaurant-reviews/sets/restaurant-reviews';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sample: true });
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

const newest = async () => {
  const { stores } = stage.workbench;
  const project = (await stores.projects.list())[0];
  const found = project && (await stores.evalSets.find(project.id, 'restaurant-reviews'));
  const version = found && (await stores.evalSets.version(found.id, null));
  if (!version) throw new Error('the sample has a set');
  return { version, cases: await stores.evalSets.cases(version) };
};
const soundIn = async (page: Page) => {
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
};

it('a person audits labels by keyboard alone, and sees what that makes of past runs', async () => {
  const before = await newest();
  const page = await stage.open(`${set}/audit`);
  const list = page.getByRole('table', { name: 'Doubted labels' });
  await list.getByRole('row').nth(1).waitFor();
  const reading = () => page.locator('section[aria-label]').first().getAttribute('aria-label');
  const first = await reading();
  await page.keyboard.press('j');
  await expect.poll(reading).not.toBe(first);
  const second = await reading();
  await page.keyboard.press('k');
  await expect.poll(reading).toBe(first);
  await page.keyboard.press('c');
  await page.keyboard.press('r');
  await page.getByText('Not saved yet: 1 confirmed, 1 relabelled').waitFor();
  const effect = page.getByRole('region', { name: 'Effect on past pass rates' });
  await effect.getByRole('row').nth(1).waitFor();
  expect(await effect.getByRole('row').nth(1).textContent()).toMatch(/n=\d+.*n=\d+/);
  await page.keyboard.press('Control+s');
  await page.getByText('Say who decides').waitFor();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Note').fill('Read again');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved: 1 confirmed, 1 relabelled. The set is at version 2.').waitFor();
  const after = await newest();
  expect(after.version).toMatchObject({ number: 2, author: 'Ada', note: 'Read again' });
  const was = new Map(before.cases.map(({ key, expected }) => [key, expected]));
  expect(after.cases.filter(({ key, expected }) => was.get(key) !== expected).map(({ key }) => key)).toEqual([second]);
  await page.getByText('2 are settled', { exact: false }).waitFor();
  await page.context().close();
});

it('many cases are tagged at once, taken back, and saved as one version with a note', async () => {
  const page = await stage.open(set);
  const box = (key: string) => page.getByRole('checkbox', { name: `Choose ${key}`, exact: true });
  await box('en-001').focus();
  await page.keyboard.press('Space');
  expect(await box('en-001').evaluate((element) => element === document.activeElement)).toBe(true);
  await box('en-002').check();
  await page.getByText('2 cases chosen').waitFor();
  await page.getByPlaceholder('Tag to give or take').fill('checked');
  await page.getByRole('button', { name: 'Add the tag' }).click();
  await page.getByText('Not saved yet: 2 changed').waitFor();
  await page.getByRole('button', { name: 'Remove the cases' }).click();
  await page.getByText('Not saved yet: 2 removed').waitFor();
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await page.getByText('Not saved yet: 2 changed').waitFor();
  await soundIn(page);
  await page.getByLabel('Note').fill('Two were checked');
  await page.getByRole('button', { name: 'Save as version 3' }).click();
  await page.getByText('Saved as version 3.').waitFor();
  const { version, cases } = await newest();
  expect(version).toMatchObject({ number: 3, note: 'Two were checked', caseCount: 198 });
  expect(cases.filter(({ tags }) => tags.includes('checked')).map(({ key }) => key)).toEqual(['en-001', 'en-002']);
  await page.getByRole('combobox', { name: 'Failed in run' }).click();
  await page.getByRole('option').first().click();
  await page.waitForURL(/failedIn=\d+/);
  await page.context().close();
});

it('versions are compared, and an earlier one is restored', async () => {
  const page = await stage.open(`${set}/versions`);
  await page.getByText('0 added, 0 removed, 0 relabelled, 0 rewritten, 2 retagged.').waitFor();
  await page.getByRole('button', { name: 'Restore version 1', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('Version 4 holds what version 1 held.').waitFor();
  await page.getByRole('button', { name: 'Changes of version 4' }).click();
  await page.getByText('0 added, 0 removed, 1 relabelled, 0 rewritten, 2 retagged.').waitFor();
  await soundIn(page);
  await page.context().close();
});

it('all cases that match the filters are changed at once, those that are not shown too, and taken back', async () => {
  const before = await newest();
  const dev = before.cases.filter(({ split }) => split === 'dev');
  const page = await stage.open(`${set}?split=dev`);
  await page.getByRole('checkbox', { name: 'Choose all cases shown' }).check();
  const chooseMatching = page.getByRole('button', { name: `Choose all ${dev.length} that match` });
  await chooseMatching.click();
  await page.getByText(`${dev.length} cases chosen`).waitFor();
  // A case that is taken out is not among them: then those that are shown are chosen, and no others.
  await page.getByRole('table', { name: 'Cases' }).locator('tbody').getByRole('checkbox').first().uncheck();
  await expect.poll(() => page.getByText(`${dev.length} cases chosen`).count()).toBe(0);
  await page.getByRole('checkbox', { name: 'Choose all cases shown' }).check();
  await chooseMatching.click();
  await page.getByText(`${dev.length} cases chosen`).waitFor();
  await page.getByPlaceholder('Tag to give or take').fill('all');
  await page.getByRole('button', { name: 'Add the tag' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add the tag all' });
  await dialog.getByText(`All ${dev.length} cases that match the filters`, { exact: false }).waitFor();
  await soundIn(page);
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: `Change ${dev.length} cases` }).click();
  await page.getByText(`${dev.length} cases changed: the set is at version ${before.version.number + 1}.`).waitFor();
  const tagged = (await newest()).cases.filter(({ tags }) => tags.includes('all'));
  expect(tagged.map(({ key }) => key)).toEqual(dev.map(({ key }) => key));
  await page.getByRole('button', { name: 'Undo it' }).click();
  await expect.poll(async () => (await newest()).version.number).toBe(before.version.number + 2);
  const after = await newest();
  expect(after.version.note).toBe(`Version ${before.version.number + 1} taken back`);
  expect(after.cases.map(({ key, tags }) => [key, tags])).toEqual(before.cases.map(({ key, tags }) => [key, tags]));
  await page.context().close();
});

it('a conversation is written turn by turn in a case, with the group that it belongs to', async () => {
  const { version } = await newest();
  const page = await stage.open(set);
  await page.getByRole('button', { name: 'Add a case' }).click();
  const drawer = page.getByRole('dialog', { name: 'New case' });
  await drawer.getByRole('combobox', { name: 'Kind of review' }).click();
  await page.getByRole('option', { name: 'Conversation' }).click();
  await drawer.getByRole('textbox', { name: 'Turn 1' }).fill('Was the soup warm?');
  await drawer.getByRole('button', { name: 'Add a turn' }).click();
  await drawer.getByRole('textbox', { name: 'Turn 2' }).fill('No, cold.');
  await drawer.getByRole('combobox', { name: 'Expected', exact: true }).fill('negative');
  await drawer.getByRole('textbox', { name: 'Group' }).fill('table 4');
  await soundIn(page);
  await drawer.getByRole('button', { name: 'Add the case' }).click();
  await page.getByText('user: Was the soup warm? · assistant: No, cold.').waitFor();
  await page.getByRole('button', { name: `Save as version ${version.number + 1}` }).click();
  await page.getByText(`Saved as version ${version.number + 1}.`).waitFor();
  expect((await newest()).cases.at(-1)).toMatchObject({
    variables: {
      review: [
        { role: 'user', content: 'Was the soup warm?' },
        { role: 'assistant', content: 'No, cold.' },
      ],
    },
    group: 'table 4',
  });
  await page.context().close();
});

it.each([
  ['en', 'light', 1440],
  ['zh-CN', 'dark', 390],
] as const)('the pages are sound in %s, %s, at %i px', async (language, scheme, width) => {
  for (const address of [set, `${set}/audit`, `${set}/versions`]) {
    const page = await stage.open(address, { language, scheme, width });
    await soundIn(page);
    await page.context().close();
  }
});
