import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedProject } from '../fixtures/seeded-project.ts';
import { sendTrace, traceAt } from '../fixtures/sent-traces.ts';
import { findings } from './findings.ts';
import { type Look, openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
const list = '/projects/reviews/monitor/traces';
const hostile = '<img src=x onerror="document.title=\'broken\'"> [link](javascript:alert(1))';

beforeAll(async () => {
  stage = await openStage();
  await seedProject(stage.workbench, { size: 4 });
  await sendTrace(stage.url, traceAt(1, { answer: hostile, name: `<b>bold</b> ${'long '.repeat(40)}` }));
  await sendTrace(stage.url, traceAt(2, { failure: 'rate limited: <script>alert(1)</script>' }));
  await sendTrace(stage.url, traceAt(3, { answer: '好评', name: 'answer a review' }));
});
afterAll(() => stage.close());

const rows = (page: Page) => page.getByRole('table', { name: 'Traces' }).locator('tbody tr');
const spans = (page: Page) => page.getByRole('table', { name: 'Spans' }).locator('tbody tr');

it('are narrowed, read and followed to their observation and back, by the keyboard alone', async () => {
  const page = await stage.open('/projects/reviews/monitor');
  await page.getByRole('link', { name: 'Traces' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Traces' }).waitFor();
  await expect.poll(() => rows(page).count()).toBe(3);
  await page.getByRole('checkbox', { name: 'Only with failures' }).press('Space');
  await expect.poll(() => rows(page).count()).toBe(1);
  expect(page.url()).toContain('errors=true');
  await page.getByRole('checkbox', { name: 'Only with failures' }).press('Space');
  await page.getByRole('searchbox', { name: 'Search traces' }).focus();
  await page.keyboard.type('好评');
  await expect.poll(() => rows(page).count()).toBe(1);
  await rows(page).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'answer a review' }).waitFor();
  await expect.poll(() => spans(page).count()).toBe(4);
  expect(await spans(page).nth(3).innerText()).toContain('level 3');
  await spans(page).first().focus();
  for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'chat gpt-5-mini' });
  await drawer.getByText('Review number 3').waitFor();
  await drawer.getByText('好评').waitFor();
  await drawer.getByText('800 of them from a cache').waitFor();
  await drawer.getByRole('link', { name: /^Observation \d/ }).press('Enter');
  const observation = page.getByRole('dialog', { name: /^Observation/ });
  await observation.getByText('openai/gpt-5-mini').waitFor();
  await observation.getByText('user: Review number 3').waitFor();
  await observation.getByRole('link', { name: 'Show it in its trace' }).press('Enter');
  await drawer.getByText('好评').waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('show what is hostile as the text that it is, and what failed with its reason', async () => {
  const page = await stage.open(list);
  await rows(page).filter({ hasText: '<b>bold</b>' }).getByRole('link').click();
  await spans(page).filter({ hasText: 'chat gpt-5-mini' }).click();
  await page.getByRole('dialog').getByText(hostile).waitFor();
  expect(await page.title()).not.toContain('broken');
  expect(await page.getByRole('dialog').locator('img, script, a[href^="javascript"]').count()).toBe(0);
  await page.goto(`${stage.url}${list}?errors=true`);
  await settled(page);
  await rows(page).getByRole('link').click();
  await spans(page).filter({ hasText: 'failed' }).click();
  await page.getByRole('dialog').getByText('rate limited: <script>alert(1)</script>').waitFor();
  expect(
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^Observation/ })
      .count(),
  ).toBe(0);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

const looks: Partial<Look>[] = [
  { language: 'en', scheme: 'light', width: 1440 },
  { language: 'zh-CN', scheme: 'dark', width: 1440 },
  { language: 'en', scheme: 'dark', width: 390 },
  { language: 'zh-CN', scheme: 'light', width: 390 },
];

describe.each(looks)('in $language, $scheme, $width px wide', (look) => {
  const trace = traceAt(1).resourceSpans[0]?.scopeSpans[0]?.spans[0]?.traceId;

  it.each([list, `${list}/${trace}`, `${list}/${trace}?span=%22bbbbbbbbbbbbbbb4%22`])('%s', async (address) => {
    const page = await stage.open(address, look);
    await page.locator('table').first().waitFor({ state: 'attached' });
    expect(await findings(page)).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, 'sideways scroll').toBeLessThanOrEqual(0);
    expect(stage.problems).toEqual([]);
    await page.context().close();
  });
});

it('are deleted by their age after asking once more; the observation stays', async () => {
  const page = await stage.open(list);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete old traces?' });
  await dialog.getByText('Observations that were made of their calls stay.').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No trace has come yet').waitFor();
  await page.goto(`${stage.url}/projects/reviews/monitor`);
  await page.getByRole('table', { name: 'Observations' }).getByText('好评').waitFor();
  expect(stage.problems).toEqual([]);
  await page.context().close();
});
