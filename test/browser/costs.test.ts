import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../server/http/contract/index.ts';
import { scopeAsking } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { choose, focused, openStage, type Stage, settled, tabTo } from './stage.ts';

const project = '/projects/restaurant-reviews';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sample: true });
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

const soundIn = async (page: Page) => expect(await findings(page)).toEqual([]);
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
/** What a model's row says. */
const row = (page: Page, model: string) => page.getByRole('row', { name: new RegExp(`^${model} `) });
const shown = (page: Page, text: string) => page.getByText(text).first().waitFor();

it('plans costs by the keyboard alone, with all of it in the address', async () => {
  const page = await stage.open('/costs');
  await shown(page, 'A call has 400 tokens in, 0 of them cached, and 67 out; there are 10,000 calls a month.');
  await soundIn(page);
  await tabTo(page, field(page, 'Words in'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('600');
  await tabTo(page, field(page, 'Words out'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('75');
  await tabTo(page, field(page, 'Calls'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('1200');
  await tabTo(page, page.getByRole('radio', { name: 'a month' }));
  await page.keyboard.press('ArrowRight');
  await tabTo(page, field(page, "Input from the provider's cache"));
  await page.keyboard.type('50');
  await tabTo(page, field(page, 'Calls in batches'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('20');
  await shown(page, 'A call has 800 tokens in, 400 of them cached, and 100 out; there are 36,500 calls a month.');
  await tabTo(page, page.getByRole('combobox', { name: 'Models' }));
  for (const name of ['gpt-5-mini', 'gpt-4.1']) {
    await choose(page, name, new RegExp(`^openai/${RegExp.escape(name)}$`));
  }
  await page.keyboard.press('Escape');
  // (400 × 0.25 + 400 × 0.025 + 100 × 2) / 1,000 = 0.31; a fifth of the calls for half: × 0.9.
  await row(page, 'openai/gpt-5-mini').getByText('$0.28').waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(3);
  await tabTo(page, page.getByRole('button', { name: 'A year' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort=-perYear/);
  await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain('openai/gpt-4.1');
  const search = Object.fromEntries(new URL(page.url()).searchParams);
  expect(search).toEqual({
    in: '600',
    out: '75',
    calls: '1200',
    per: 'day',
    cached: '0.5',
    batch: '0.2',
    models: 'openai/gpt-5-mini,openai/gpt-4.1',
    sort: '-perYear',
  });

  const again = await stage.open(`/costs${new URL(page.url()).search}`);
  await row(again, 'openai/gpt-5-mini').getByText('$0.28').waitFor();
  expect(await field(again, 'Words in').inputValue()).toBe('600');
  expect(await again.getByRole('row').nth(1).innerText()).toContain('openai/gpt-4.1');
  const [download] = await Promise.all([
    again.waitForEvent('download'),
    again.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^openai\/gpt-5-mini,.*,800,400,100,36500$/);
  await page.context().close();
  await again.context().close();
});

it('counts a pasted text, of which only the number gets into the address', async () => {
  const page = await stage.open('/costs');
  await page.getByRole('button', { name: 'Count a sample text' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('服务很好，菜也不错。 Three plain words.');
  await dialog.getByText('About 12 tokens').waitFor();
  await soundIn(page);
  await dialog.getByRole('button', { name: 'Take as input' }).click();
  await shown(page, 'A call has 12 tokens in');
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ from: 'tokens', in: '12', out: '67' });
  await page.context().close();
});

it('takes the size of a call from a run and says what the scope rules out', async () => {
  const { projects } = stage.workbench.stores;
  const [sample] = await projects.list();
  if (sample === undefined) throw new Error('the sample is a project');
  const scope = scopeAsking({ maxCostUsdPer1000Calls: 0.01, dataMayLeave: true });
  await projects.saveScope(sample.id, scope, 'Ada');
  const page = await stage.open(`${project}/scope`);
  await page.getByRole('link', { name: 'Plan costs' }).click();
  await page.getByRole('combobox', { name: 'Size of a call' }).click();
  await page.getByRole('option', { name: 'As measured in a run' }).click();
  await shown(page, 'Choose the run whose calls say how large one is.');
  await page
    .getByRole('combobox', { name: 'Run' })
    .or(page.getByRole('textbox', { name: 'Run', exact: true }))
    .click();
  await page.getByRole('option', { name: /^#1 · sentiment v1/ }).click();
  await page.getByText(/^A call has .* That is the mean of \d+ measured calls\.$/).waitFor();
  await shown(page, 'The scope allows $0.01 for 1,000 calls.');
  await row(page, 'openai/gpt-4').getByText('above the limit').waitFor();
  expect(await row(page, 'local/smollm2-135m').getByText('above the limit').count()).toBe(0);
  await soundIn(page);
  await projects.saveScope(sample.id, { ...scope, dataMayLeave: false }, 'Ada');
  // The models of these tests are on this machine: one is said to be elsewhere.
  await page.route('**/api/costs?*', async (route) => {
    const plan: Answer<'GET /api/costs'> = await (await route.fetch()).json();
    const models = plan.models.map((model) => ({ ...model, allowed: model.reference !== 'openai/gpt-4' }));
    await route.fulfill({ json: { ...plan, models, table: { ...plan.table, old: true, ageDays: 120 } } });
  });
  await page.reload();
  await settled(page);
  await row(page, 'openai/gpt-4').getByText('not allowed').waitFor();
  await shown(page, 'Its data may not leave this machine.');
  await shown(page, '120 days old');
  await soundIn(page);
  await page.context().close();
});

it('sets a price with its source by the keyboard, which counts at once, and takes it back', async () => {
  const page = await stage.open('/settings');
  await tabTo(page, page.getByRole('button', { name: 'Add a price' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await focused(field(page, 'Model'));
  await soundIn(page);
  for (const typed of ['lab/big', '3', '0.125', '15', 'the price list of the lab']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  await tabTo(page, field(page, 'Your name'));
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const listed = row(page, 'lab/big');
  await listed.getByText('the price list of the lab').waitFor();
  expect(await listed.innerText()).toMatch(/\$3\.00\s+\$0\.125\s+\$15\.00/);
  const table = await stage.workbench.prices.table();
  expect(table.prices['lab/big']).toEqual({ input: 3, cachedInput: 0.125, output: 15 });

  await page.getByRole('searchbox', { name: 'Search models' }).fill('lab/');
  await row(page, 'openai/gpt-4').waitFor({ state: 'detached' });
  await tabTo(page, listed);
  await page.keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'What was said before' }).waitFor();
  await dialog.getByText('$3.00 in, $0.125 cached, $15.00 out').waitFor();
  await soundIn(page);
  await tabTo(page, dialog.getByRole('button', { name: 'Take back' }));
  await page.keyboard.press('Enter');
  const sure = page.getByRole('dialog', { name: 'Take your own price of lab/big back?' });
  await sure.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('No price matches.').waitFor();
  expect((await stage.workbench.prices.table()).prices['lab/big']).toBeUndefined();

  await page.getByRole('button', { name: 'openai: 50%' }).click();
  await field(page, 'Part of the price').fill('40');
  await field(page, 'Where it stands').fill('our contract');
  await soundIn(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'openai: 40% (own)' }).waitFor();
  await page.context().close();
});
