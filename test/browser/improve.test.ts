import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../server/domain/run.ts';
import { addVersion, runToEnd, seedProject } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { choose, focused, openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
let run: Run;
let second: Run;
let address: string;

beforeAll(async () => {
  const mood = (review: string) => (/good|tricky/.test(review) ? 'positive' : 'negative');
  stage = await openStage({ answer: ({ content }) => mood(content) });
  const seeded = await seedProject(stage.workbench, { size: 40, tricky: 10 });
  run = await runToEnd(stage.workbench, seeded, { split: 'dev' });
  const version = await addVersion(stage.workbench, seeded, 'Beware of tricks.');
  second = await runToEnd(stage.workbench, seeded, { split: 'dev', version });
  address = `/projects/reviews/improve?run=${run.id}`;
});
afterAll(() => stage.close());

const categories = async () =>
  (await stage.workbench.stores.categories.ofRun(run.id)).categories.map(({ category, cases }) => [category, cases]);

it('sorts failures by the keyboard alone, with completion', async () => {
  const page = await stage.open(address);
  await page.getByText('10 failures', { exact: true }).waitFor();
  const category = async (place: number) => {
    const card = page.locator(`li[aria-current="true"]:nth-child(${place})`);
    await focused(card.getByRole('combobox', { name: 'Category' }));
  };
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await category(2);
  await page.keyboard.type('irony');
  await page.keyboard.press('Enter');
  await expect.poll(categories).toEqual([
    ['', 9],
    ['irony', 1],
  ]);
  await page.getByRole('link', { name: 'irony', exact: true }).waitFor();
  // The next failure has the focus in the same field; a piece of a known category is completed.
  await category(3);
  await choose(page, 'iro', 'irony');
  await page.keyboard.press('Tab');
  await page.keyboard.type('praise is meant to mock');
  await page.keyboard.press('Enter');
  await expect.poll(categories).toEqual([
    ['', 8],
    ['irony', 2],
  ]);
  await focused(page.locator('li[aria-current="true"]:nth-child(4)').getByRole('textbox', { name: 'Note' }));
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await expect.poll(categories).toEqual([
    ['', 7],
    ['irony', 3],
  ]);
  await page.context().close();
});

it('opens at the failure that an address names, and at the first where it names none of them', async () => {
  const { stores } = stage.workbench;
  const [, , third] = await stores.results.find(run.id, { outcome: 'failed', limit: 3 });
  const [passed] = await stores.results.find(run.id, { outcome: 'passed', limit: 1 });
  const page = await stage.open(`${address}&result=${third?.result.id}`);
  const current = page.locator('li[aria-current="true"]');
  await current.getByText(third?.case.key ?? '').waitFor();
  await page.goto(`${stage.url}${address}&result=${passed?.result.id}`);
  await current.getByText('case-31').waitFor();
  await page.context().close();
});

it('suggests groups, of which a person accepts some, and takes it back', async () => {
  const page = await stage.open(address);
  await page.getByRole('tab', { name: 'Suggested groups' }).click();
  const group = page.getByRole('region', { name: /^7 failures/ });
  await group.getByText('Like failures that are sorted as “irony”.').waitFor();
  await expect.poll(() => group.getByRole('combobox', { name: 'Category' }).inputValue()).toBe('irony');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Grace');
  await group.getByRole('combobox', { name: 'Category' }).fill('mockery');
  await group.getByRole('checkbox').first().uncheck();
  await group.getByRole('button', { name: 'Accept 6' }).click();
  await page.getByText('6 failures are “mockery” now.').waitFor();
  expect(await categories()).toEqual([
    ['mockery', 6],
    ['irony', 3],
    ['', 1],
  ]);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(categories).toEqual([
    ['', 7],
    ['irony', 3],
  ]);
  await group.getByRole('button', { name: 'Accept 6' }).click();
  await page.getByText('6 failures are “mockery” now.').waitFor();
  expect(new URL(page.url()).searchParams.get('view')).toBe('groups');
  await page.context().close();
});

it('accepts all groups as they stand, and takes that back at once', async () => {
  const { stores } = stage.workbench;
  const open = await stores.categories.unsorted(second.id);
  for (const result of open.slice(0, 3)) {
    await stores.reviews.add({
      resultId: result,
      category: '',
      note: 'praise meant as a joke',
      verdict: null,
      author: 'Ada',
    });
  }
  const page = await stage.open(`/projects/reviews/improve?run=${second.id}&view=groups`);
  await page.getByRole('button', { name: 'Accept all 2 groups as they stand' }).press('Enter');
  await page.getByText('10 failures are “', { exact: false }).waitFor();
  expect(await stores.categories.unsorted(second.id)).toEqual([]);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Accept all 2 groups as they stand' }).waitFor();
  expect(await stores.categories.unsorted(second.id)).toHaveLength(10);
  await page.context().close();
});

it('merges categories, says what to try next, and leads to the editor with those cases', async () => {
  const page = await stage.open(address);
  await page.getByText('The largest reason is “mockery”:').waitFor();
  await page.getByText('6 of 6 should be “negative” and were answered “positive”.', { exact: false }).waitFor();
  await page.getByText('6 and 3 cases are too close', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Rename or merge' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Categories' }).focus();
  await page.keyboard.type('mock');
  await page.getByRole('option', { name: 'mockery' }).click();
  await dialog.getByRole('combobox', { name: 'Become' }).fill('irony');
  await dialog.getByText('6 results, in all runs, are “irony” then.', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect.poll(categories).toEqual([
    ['irony', 9],
    ['', 1],
  ]);
  await page.getByText(/\d changes of categories/).click();
  await page.getByText('mockery → irony').waitFor();
  await page.getByRole('link', { name: 'New version from v1 for “irony”' }).click();
  await page.getByRole('heading', { name: 'Failing cases', exact: false }).waitFor();
  expect(new URL(page.url()).searchParams.get('category')).toBe('irony');
  await page.context().close();
});

it('shows the trend with its table, and where figures are lower bounds', async () => {
  const page = await stage.open(`${address}&view=trend`);
  await page.getByText('in the newest 2 runs of classify on labelled', { exact: false }).waitFor();
  await page.getByText('In 2 runs some failures are not sorted', { exact: false }).waitFor();
  const table = page.getByRole('table', { name: 'Reasons by iteration' });
  await table.getByText('at least 9 · 30.0%', { exact: false }).waitFor();
  await table.getByRole('row', { name: /^#2/ }).getByText('not sorted').waitFor();
  await page.getByRole('tab', { name: 'By iteration' }).waitFor();
  await page.goto(page.url().replace(`run=${run.id}`, `run=${second.id}`));
  await page.getByText('11 cases are left', { exact: false }).waitFor();
  const { categories: sorting } = stage.workbench.stores;
  const of = { project: run.projectId, run: second.id };
  await sorting.sort(of, [{ category: 'tricks', results: await sorting.unsorted(second.id) }], 'Ada');
  const rest = { project: run.projectId, run: run.id };
  await sorting.sort(rest, [{ category: 'irony', results: await sorting.unsorted(run.id) }], 'Ada');
  await page.reload();
  const shifts = page.getByRole('table', { name: `Since run #${run.id}` });
  await shifts
    .getByRole('row', { name: /^irony 10 0 10 0/ })
    .getByText('fewer')
    .waitFor();
  await shifts
    .getByRole('row', { name: /^tricks 0 10 0 10/ })
    .getByText('more')
    .waitFor();
  await page.context().close();
});

it.each([
  ['en', 'light', 1440, ''],
  ['en', 'dark', 1440, '&view=trend'],
  ['zh-CN', 'light', 390, '&view=trend'],
  ['zh-CN', 'dark', 390, '&view=groups'],
  ['en', 'light', 390, '&view=groups'],
] as const)(
  'has nothing that axe complains of, and no sideways scroll: %s, %s, %i%s',
  async (language, scheme, width, view) => {
    const page = await stage.open(`${address}${view}`, { language, scheme, width });
    await settled(page);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.context().close();
  },
);

it('had no problem of its scripts', () => {
  expect(stage.problems).toEqual([]);
});
