import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../server/domain/run.ts';
import { startRun } from '../../server/services/evaluate/start-run.ts';
import { seedProject } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

const verdict = JSON.stringify({ reasoning: 'Fine.', verdict: 'pass' });
let stage: Stage;
let delayMs = 0;
let run: Run;
let address: string;
let unreadable = false;
beforeAll(async () => {
  stage = await openStage({
    models: ['test-model'],
    answer: ({ content }) => (content.includes('<criterion') ? (unreadable ? 'Who knows?' : verdict) : 'positive'),
    delayMs: () => delayMs,
  });
  const { project } = await seedProject(stage.workbench, { size: 40 });
  const request = { prompt: 'classify', set: 'labelled', model: 'openai/test-model', split: 'all' as const };
  run = await startRun(stage.workbench, project, request);
  while ((await stage.workbench.stores.runs.get(run.id)).status !== 'completed') await pause();
  address = `/projects/reviews/runs/${run.id}`;
});
afterAll(() => stage.close());

const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
const sound = async (page: Page) => expect(await findings(page)).toEqual([]);

/** Opens the dialog and fills in one scorer that asks a judge model. */
async function askRubric(page: Page, criterion: string) {
  await page.getByRole('button', { name: 'Score again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Score again' });
  const scorer = dialog.getByRole('combobox', { name: 'Scorer', exact: true });
  await scorer.click();
  await page.getByRole('option', { name: 'rubric' }).click();
  await dialog.getByLabel('Argument').fill(criterion);
  await dialog.getByRole('combobox', { name: /^Judge model/ }).click();
  await page.getByRole('option', { name: /test-model/ }).click();
  return dialog;
}

it('scores again after saying what that asks, is stopped, survives a reload, and goes on', async () => {
  const page = await stage.open(address);
  const dialog = await askRubric(page, 'It is short');
  await dialog.getByText('40 calls of the judge model', { exact: false }).waitFor();
  await sound(page);
  // Longer than all that is looked at before it is stopped.
  delayMs = 60_000;
  await dialog.getByRole('button', { name: 'Start scoring' }).click();
  const scorings = page.getByRole('region', { name: 'Scorings', exact: true }).first();
  await scorings.getByText('Scoring 2 is under way').first().waitFor();
  await page.reload();
  await scorings.getByText('Scoring 2 is under way').first().waitFor();
  await sound(page);
  await scorings.getByRole('button', { name: 'Stop' }).click();
  await scorings.getByText('Scoring 2 was stopped').waitFor();
  await page.reload();
  await scorings.getByText('Scoring 2 was stopped').waitFor();
  delayMs = 0;
  await scorings.getByRole('button', { name: 'Go on' }).click();
  await scorings.getByRole('table').waitFor();
  expect(await scorings.getByRole('row').nth(1).textContent()).toContain('rubric:It is short');
  await page.context().close();
});

it('compares two scorings, and lets the earlier one count again', async () => {
  const page = await stage.open(address);
  await page.getByRole('button', { name: 'Compare scoring 1 with the one that counts' }).click();
  const difference = page.getByRole('region', { name: 'From scoring 1 to scoring 2' });
  await difference.getByText('as before', { exact: false }).waitFor();
  await difference.getByText('no test of significance', { exact: false }).waitFor();
  await sound(page);
  await page.getByRole('button', { name: 'Let count: scoring 1' }).click();
  await page.getByRole('button', { name: 'Let count: scoring 2' }).waitFor();
  await page.context().close();
});

it('says of an output that could not be judged why', async () => {
  unreadable = true;
  const page = await stage.open(address);
  const dialog = await askRubric(page, 'It is kind');
  await dialog.getByRole('button', { name: 'Start scoring' }).click();
  await page.getByRole('button', { name: 'Let count: scoring 2' }).waitFor();
  await page.getByRole('cell', { name: 'rubric:It is kind' }).waitFor();
  const [first] = await stage.workbench.stores.results.page(run.id);
  await page.goto(`${stage.url}${address}?result=${first?.result.id}`);
  await page.getByText('not judged').first().waitFor();
  await page.getByText('Not judged: no verdict can be read in the judge’s reply.').waitFor();
  await page.context().close();
  unreadable = false;
});

it('fits a phone in Chinese', async () => {
  const page = await stage.open(address, { language: 'zh-CN', scheme: 'dark', width: 390 });
  await page.getByRole('button', { name: '重新评分' }).click();
  const dialog = page.getByRole('dialog', { name: '重新评分' });
  await dialog.getByText('共 40 条输出', { exact: false }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await sound(page);
  await page.keyboard.press('Escape');
  await page.context().close();
  expect(stage.problems).toEqual([]);
});
