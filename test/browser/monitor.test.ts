import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/domain/release.ts';
import { parseScorerSpec } from '../../server/domain/scorer-spec.ts';
import { approveRelease } from '../../server/services/deploy/approve-release.ts';
import { moveLabel } from '../../server/services/deploy/move-label.ts';
import { scoreOnline, scoreWaiting } from '../../server/services/monitor/score-online.ts';
import { storedCall } from '../fixtures/production-calls.ts';
import { readMood, runToEnd, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { choose, type Look, openStage, type Stage, settled, tabTo } from './stage.ts';

const address = '/projects/reviews/monitor';
const owner = { kind: 'owner' } as const;
const format = 'regex:^(?:positive|negative)$';
const hostile = '<img src=x onerror="document.title=\'broken\'">';

let stage: Stage;
let seeded: SeededProject;
let release: Release;
const scoring = new AbortController();
let scored: Promise<void>;

/** 160 calls of five days, of which every fourth says more than a label. */
async function observe(): Promise<void> {
  for (let call = 0; call < 160; call++) {
    const output = call % 4 !== 3 ? 'positive' : call === 159 ? hostile : 'The review is positive.';
    const createdAt = new Date(Date.now() - (160 - call) * 2_700_000).toISOString();
    const about = {
      createdAt,
      latencyMs: 300 + call,
      costUsd: 0.0002,
      feedback: call % 10 === 0 ? ('up' as const) : null,
    };
    await storedCall(stage.workbench, seeded, release, output, about);
  }
}

beforeAll(async () => {
  stage = await openStage({ answer: readMood });
  seeded = await seedProject(stage.workbench, { size: 120 });
  const scorers = ['label', format].map(parseScorerSpec);
  await runToEnd(stage.workbench, seeded, { scorers });
  const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace', overrides: [] };
  release = await approveRelease(stage.workbench, seeded.project, owner, approval);
  const move = { release: release.id, reason: 'first', by: 'Grace' };
  await moveLabel(stage.workbench, seeded.project, owner, { prompt: 'classify', label: 'production' }, move);
  await observe();
  scored = scoreOnline(stage.workbench, scoring.signal, (error) => stage.problems.push(String(error)));
});
afterAll(async () => {
  scoring.abort();
  await scored;
  await stage.close();
});

const rates = (page: Page) => page.getByRole('table', { name: 'Pass rates by release' }).locator('tbody tr');
const calls = (page: Page) => page.getByRole('table', { name: 'Observations' }).locator('tbody tr');
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Online scoring of classify' });

it('is switched on by the keyboard alone, stored calls too, and shows what passes', async () => {
  const page = await stage.open(address);
  await tabTo(page, page.getByRole('button', { name: "Score production's calls" }));
  await page.keyboard.press('Enter');
  const scorer = dialog(page).getByRole('combobox', { name: 'Scorer' });
  await scorer.waitFor();
  await tabTo(page, scorer);
  await page.keyboard.press('ControlOrMeta+a');
  await choose(page, 'regular expression', /^regex\b/);
  await tabTo(page, dialog(page).getByRole('textbox', { name: 'Argument' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('^(?:positive|negative)$');
  await tabTo(page, dialog(page).getByRole('textbox', { name: 'Share of the calls, %' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('0');
  await tabTo(page, dialog(page).getByRole('combobox', { name: 'Stored calls' }));
  await page.keyboard.press('Enter');
  await choose(page, '', 'Also the last 30 days');
  const begin = dialog(page).getByRole('button', { name: 'Score from now on' });
  await tabTo(page, begin);
  await page.keyboard.press('Enter');
  const share = dialog(page).getByRole('textbox', { name: 'Share of the calls, %' });
  await expect.poll(() => share.getAttribute('aria-invalid')).toBe('true');
  await share.fill('100');
  await begin.press('Enter');
  await page.getByText('Generation 1 scores from now on').waitFor();
  await dialog(page).waitFor({ state: 'hidden' });
  await scoreWaiting(stage.workbench, scoring.signal);
  await page.reload();
  await settled(page);
  await expect.poll(() => rates(page).first().innerText()).toMatch(/160\s+75\.0%\s+\[67\.8–81\.1\]\s+n=160\s+40/);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('says which scorers can’t judge production, and refuses one that compares with the expected answer', async () => {
  const page = await stage.open(address);
  await page.getByRole('button', { name: 'Online scoring' }).click();
  await dialog(page).getByText("scorers can't judge production's calls").click();
  await dialog(page).getByText('They compare with the expected answer of a case').waitFor();
  await dialog(page).getByRole('combobox', { name: 'Scorer' }).click();
  await page.getByRole('option', { name: /^json-valid/ }).waitFor();
  expect(await page.getByRole('option', { name: /^(label|rubric)/ }).count()).toBe(0);
  await page
    .getByRole('option', { name: /^contains\b(?!-)/ })
    .first()
    .click();
  await dialog(page).getByRole('button', { name: 'Score by these from now on' }).click();
  await dialog(page).getByRole('alert').getByText('a production call has no such thing').waitFor();
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('sets what was promised beside what production shows, with the verdict in words', async () => {
  const page = await stage.open(address);
  const panel = page.getByRole('region', { name: 'Promised and shown' });
  const row = panel.getByRole('table', { name: 'Promised and shown' }).locator('tbody tr');
  await expect
    .poll(() => row.first().innerText())
    .toMatch(/100\.0%.*n=30[\s\S]*75\.0%.*n=160[\s\S]*−?-?25\.0[\s\S]*worse/);
  await panel.getByText(/whether answers are right can't be observed in production/).waitFor();
  const beside = panel.getByRole('table', { name: 'Beside the scorers' });
  await expect.poll(() => beside.innerText()).toMatch(/Thumbs up.*[\s\S]*100\.0%.*n=16[\s\S]*\$0\.20/);
  await panel.getByRole('link', { name: /^Evaluation: run #1/ }).click();
  await page.waitForURL(/runs\/1/);
  await page.context().close();
});

it('leads from a count to the failed calls, and from a call to each score with its reason', async () => {
  const page = await stage.open(address);
  await rates(page)
    .getByRole('link', { name: /^Show the 40 calls/ })
    .click();
  await page.waitForURL(/scored=failed/);
  await expect.poll(() => calls(page).count()).toBe(40);
  await calls(page).first().click();
  const drawer = page.getByRole('dialog', { name: /^Observation/ });
  await drawer.getByText(hostile).first().waitFor();
  await drawer.getByText(/The output does not match/).waitFor();
  expect(await drawer.locator('img, script').count()).toBe(0);
  expect(await page.title()).not.toContain('broken');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Scored as' }).click();
  await page.getByRole('option', { name: 'not judged' }).click();
  await page.getByText('No call is like that').waitFor();
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await expect.poll(() => calls(page).count()).toBe(50);
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

const looks: Look[] = [
  { language: 'en', scheme: 'light', width: 1440, height: 900 },
  { language: 'zh-CN', scheme: 'dark', width: 390, height: 844 },
];
describe.each(looks)('in $language, $scheme, $width', (look) => {
  it('has nothing that axe complains of, and no sideways scroll, with and without the dialog', async () => {
    const page = await stage.open(address, look);
    await page.locator('canvas').first().waitFor();
    const isWider = () =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(await findings(page)).toEqual([]);
    expect(await isWider()).toBe(false);
    await page
      .getByRole('button', { name: /^(Online scoring|Score production's calls|线上评分|开始线上评分)$/ })
      .click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(page, '[role="dialog"]')).toEqual([]);
    expect(await isWider()).toBe(false);
    await page.context().close();
  });
});

it('is switched off after a question; what was scored stays', async () => {
  const page = await stage.open(address);
  await page.getByRole('button', { name: 'Online scoring' }).click();
  await dialog(page).getByRole('button', { name: 'Switch off' }).click();
  await page
    .getByRole('dialog', { name: 'Switch online scoring off?' })
    .getByRole('button', { name: 'Switch off' })
    .click();
  await page.getByText("Production's calls are no longer scored").waitFor();
  await page.getByText(/100% of the calls were scored by/).waitFor();
  await expect.poll(() => rates(page).first().innerText()).toContain('n=160');
  expect(stage.problems).toEqual([]);
  await page.context().close();
});
