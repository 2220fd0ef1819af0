import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from './findings.ts';
import { type Look, openStage, type Stage } from './stage.ts';

const project = '/projects/restaurant-reviews';
const addresses = [
  '/',
  '/models',
  '/costs',
  '/settings',
  '/api-reference',
  '/nowhere',
  project,
  `${project}/scope`,
  `${project}/costs?from=run&run=1`,
  `${project}/scope/versions?all=true`,
  `${project}/start`,
  `${project}/start?step=cases`,
  `${project}/start?step=prompt`,
  `${project}/start?step=forecast&model=builtin/lexicon`,
  `${project}/prompts`,
  `${project}/prompts/sentiment`,
  `${project}/prompts/sentiment/edit?from=3`,
  `${project}/prompts/sentiment/diff?from=1&to=3`,
  `${project}/sets`,
  `${project}/sets/restaurant-reviews`,
  `${project}/runs`,
  `${project}/runs/new`,
  `${project}/runs/matrix`,
  `${project}/runs/1`,
  `${project}/compare/1/2`,
  `${project}/compare?runs=1,2,3`,
  `${project}/improve`,
  `${project}/releases`,
  `${project}/monitor`,
  `${project}/monitor/traces`,
  `${project}/monitor/redaction`,
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sample: true });
});
afterAll(() => stage.close());

const looks: Partial<Look>[] = [
  { language: 'en', scheme: 'light', width: 1440 },
  { language: 'zh-CN', scheme: 'dark', width: 1440 },
  { language: 'en', scheme: 'dark', width: 390 },
  { language: 'zh-CN', scheme: 'light', width: 390 },
];

describe.each(looks)('every page in $language, $scheme, $width px wide', (look) => {
  it.concurrent.each(addresses)('%s', async (address) => {
    const page = await stage.open(address, look);
    expect(await findings(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      'sideways scroll of the page',
    ).toBeLessThanOrEqual(0);
    expect(await page.locator('html').getAttribute('lang')).toBe(look.language);
    expect(stage.problems).toEqual([]);
    await page.context().close();
  });
});

describe('what opens over a page', () => {
  it.each(['Language', 'Light or dark', 'Switch project'])('the menu %s has no finding', async (name) => {
    const page = await stage.open(project);
    await page.getByRole('banner').getByRole('button', { name }).click();
    await page.getByRole('menu').waitFor();
    // A menu lies above the page, in none of its landmarks.
    expect((await findings(page)).filter((finding) => !finding.startsWith('region:'))).toEqual([]);
    await page.context().close();
  });
});
