import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addVersion, readMood, runToEnd, seedProject } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let answer = readMood;
const asked = new Map<string, number>();

/** Run 1 repeats the dev cases, of which those that end in 1 change their answer; runs 2 and 3 are each wrong on five other dev cases, 4 and 5 in ten holdout cases. */
beforeAll(async () => {
  stage = await openStage({ answer: (call) => answer?.(call) ?? '' });
  const seeded = await seedProject(stage.workbench, { size: 80 });
  await addVersion(stage.workbench, seeded, 'Say the mood.');
  answer = (call) => {
    const before = asked.get(call.content) ?? 0;
    asked.set(call.content, before + 1);
    return call.content.endsWith('1') && before > 0 ? 'negative' : (readMood?.(call) ?? '');
  };
  await runToEnd(stage.workbench, seeded, { version: 1, split: 'dev', repeats: 3 });
  const wrongOn = (numbers: RegExp) => (call: { content: string }) =>
    numbers.test(call.content) || call.content.includes('good') ? 'positive' : 'negative';
  answer = wrongOn(/number 3\d$/);
  await runToEnd(stage.workbench, seeded, { version: 1, split: 'dev' });
  answer = wrongOn(/number 4\d$/);
  await runToEnd(stage.workbench, seeded, { version: 2, split: 'dev' });
  answer = () => 'positive';
  await runToEnd(stage.workbench, seeded, { version: 1, split: 'holdout' });
  answer = readMood;
  await runToEnd(stage.workbench, seeded, { version: 2, split: 'holdout' });
});
afterAll(() => stage.close());

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

it('shows what repeats say, and the way to the flaky cases by the keyboard', async () => {
  const page = await stage.open('/projects/reviews/runs/1');
  const repeats = page.getByRole('region', { name: 'Repeats', exact: true });
  await repeats.getByRole('row', { name: /^3 100\.0% .* 90\.0% .* n=60/ }).waitFor();
  expect(await findings(page)).toEqual([]);
  await repeats.getByRole('link', { name: /^6 flaky cases of 60: 10\.0%/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/flaky=true/);
  await expect.poll(() => page.getByRole('checkbox', { name: 'Flaky cases only' }).isChecked()).toBe(true);
  await page.getByRole('tab', { name: 'All 18' }).waitFor();
  await page.getByRole('checkbox', { name: 'Flaky cases only' }).press('Space');
  await page.getByRole('tab', { name: 'All 180' }).waitFor();
  await page.context().close();
});

it('says of a comparison that can’t tell what it would have found', async () => {
  const page = await stage.open('/projects/reviews/compare?runs=2,3');
  const verdict = page.getByRole('region', { name: /^Can't tell whether run #3/ });
  await verdict.getByText('would have been found four times in five', { exact: false }).waitFor();
  await verdict.getByText('To find 5 points takes some', { exact: false }).waitFor();
  await page.context().close();
});

it('lets a comparison on holdout cases pay for its look', async () => {
  const page = await stage.open('/projects/reviews/compare?runs=4,5');
  const verdict = page.getByRole('region', { name: /^Better: run #5/ });
  await verdict.getByText('Look 2 at these holdout cases: the p counts 3 times', { exact: false }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.context().close();
});

it('fits a phone in Chinese', async () => {
  const look = { language: 'zh-CN', scheme: 'dark', width: 390 } as const;
  for (const address of ['runs/1', 'compare?runs=4,5', 'compare?runs=2,3']) {
    const page = await stage.open(`/projects/reviews/${address}`, look);
    await page
      .getByText(/pass\^k：|按 3 倍计算|五次中能发现四次/)
      .first()
      .waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  }
  expect(stage.problems).toEqual([]);
});
