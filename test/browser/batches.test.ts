import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedProject } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { openStage, type Stage, settled } from './stage.ts';

const form = '/projects/reviews/runs/new?model=openai/test-model';
let stage: Stage;
let takesMs = 1;
beforeAll(async () => {
  stage = await openStage({ models: ['test-model'], batches: { takesMs: () => takesMs } });
  await seedProject(stage.workbench, { size: 20 });
});
afterAll(() => stage.close());

it('starts a run in batches by the keyboard, shows how far they are, and what they brought', async () => {
  takesMs = Number.POSITIVE_INFINITY;
  const page = await stage.open(form);
  const choice = page.getByRole('radiogroup', { name: 'When answers come' });
  await choice.getByRole('radio', { name: /^At once/ }).focus();
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('radio', { name: 'In batches' }).isChecked()).toBe(true);
  expect(await page.getByRole('textbox', { name: 'Stop early at' }).count()).toBe(0);
  // The plan follows the choice a moment later, and is dimmed and busy until then.
  await settled(page);
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Start the run' }).click();
  const batches = page.getByRole('region', { name: 'Batches at the provider' });
  await batches.getByText('In progress').waitFor();
  await batches.getByText('The provider answers within 24 hours', { exact: false }).waitFor();
  expect(await findings(page)).toEqual([]);
  takesMs = 50;
  await batches.getByText('The batch is back', { exact: false }).waitFor();
  await page.getByText('completed', { exact: true }).first().waitFor();
  await page.context().close();
});

it('cancels the batches with the run', async () => {
  takesMs = Number.POSITIVE_INFINITY;
  const page = await stage.open(`${form}&split=all`);
  await page.getByRole('radio', { name: 'In batches' }).click();
  await page.getByRole('switch', { name: 'Response cache' }).click();
  await page.getByRole('button', { name: 'Start the run' }).click();
  const batches = page.getByRole('region', { name: 'Batches at the provider' });
  await batches.getByText('In progress').waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await batches.getByText('Cancelled', { exact: true }).waitFor();
  await page.getByText('cancelled', { exact: true }).first().waitFor();
  await page.context().close();
});

it('offers no batches where the connection has none', async () => {
  const page = await stage.open('/projects/reviews/runs/new?model=builtin/lexicon');
  await page.getByRole('button', { name: 'Start the run' }).waitFor();
  expect(await page.getByRole('radio', { name: 'In batches' }).count()).toBe(0);
  await page.context().close();
});

it('fits a phone in Chinese', async () => {
  takesMs = Number.POSITIVE_INFINITY;
  const page = await stage.open(`${form}&split=dev`, { language: 'zh-CN', scheme: 'dark', width: 390 });
  await page.getByRole('radio', { name: '批量' }).click();
  await page.getByRole('switch', { name: '响应缓存' }).click();
  await page.getByRole('button', { name: '开始运行' }).click();
  await page.getByRole('region', { name: '提供方的批量任务' }).getByText('处理中').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(await findings(page)).toEqual([]);
  await page.context().close();
  expect(stage.problems).toEqual([]);
});
