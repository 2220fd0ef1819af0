import path from 'node:path';
import { pino } from 'pino';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createApp } from '../../server/http/app.ts';
import { listen } from '../../server/http/listen.ts';
import { openSample } from '../../server/services/sample/open-sample.ts';
import { executeWaitingRuns } from '../../server/services/sample/waiting-runs.ts';
import type { Workbench } from '../../server/services/workbench.ts';
import type { CompatibleServer, CompatibleServerOptions } from '../fixtures/compatible-server.ts';
import { openTestWorkbench, projectRoot } from '../fixtures/workbench.ts';
import { launchBrowser } from './find-browser.ts';

/** How many times slower than this machine the pages' scripts run: a test that holds only on a fast one fails under 5. */
const slowdown = Number(process.env.WHETSTONE_TEST_SLOWDOWN ?? 1);

export type Look = { language: 'en' | 'zh-CN'; scheme: 'light' | 'dark'; width: number; height: number };

/** The real pages in a real browser, over a workbench of their own. */
export type Stage = {
  url: string;
  workbench: Workbench;
  /** What `openai/…` models are asked of. */
  server: CompatibleServer;
  /** A page of a browser that has never been here. */
  open(address: string, look?: Partial<Look>): Promise<Page>;
  /** Errors of the pages' scripts, and what the server logged as a warning or worse. */
  problems: string[];
  close(): Promise<void>;
};

/** With `sample`, the sample project is there and its runs have ended. */
export async function openStage({
  sample = false,
  ...options
}: CompatibleServerOptions & { sample?: boolean } = {}): Promise<Stage> {
  const test = await openTestWorkbench(options);
  if (sample) {
    await openSample(test.workbench, projectRoot);
    await executeWaitingRuns(test.workbench);
  }
  const problems: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => problems.push(line) });
  const app = createApp(test.workbench, { pages: path.join(projectRoot, 'dist', 'web'), log });
  const served = await listen(app, { port: 0, host: '127.0.0.1' });
  const browser = await launchBrowser();
  return {
    url: served.url,
    workbench: test.workbench,
    server: test.server,
    problems,
    open: (address, look) => openPage(browser, `${served.url}${address}`, look, problems),
    async close() {
      await browser.close();
      await served.close();
      await test.close();
    },
  };
}

async function openPage(
  browser: Browser,
  address: string,
  look: Partial<Look> = {},
  problems: string[],
): Promise<Page> {
  const { language = 'en', scheme = 'light', width = 1440, height = 900 } = look;
  const context = await browser.newContext({
    locale: language,
    colorScheme: scheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  if (slowdown > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  await page.goto(address);
  await settled(page);
  return page;
}

/** Waits until a page has its heading and nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root') === null,
  );
}

const hasFocus = (element: Locator) => element.evaluate((node) => node === document.activeElement);

/** Waits until the page has put the focus there by itself: a key that comes before goes elsewhere. */
export async function focused(element: Locator): Promise<void> {
  await expect.poll(() => hasFocus(element)).toBe(true);
}

/** Goes on by Tab until the element has the focus, as who has no mouse does. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let pressed = 0; pressed < 150; pressed++) {
    await page.keyboard.press('Tab');
    if ((await element.count()) > 0 && (await hasFocus(element))) return;
  }
  throw new Error(`Tab does not reach ${element}`);
}

/**
 * Types words into the field that has the focus, and takes the option of that name. The list follows the typing a frame or more behind: an Enter before
 * it would take nothing.
 */
export async function choose(page: Page, words: string, option: string | RegExp): Promise<void> {
  await page.keyboard.type(words);
  const wanted = page.getByRole('option', { name: option }).first();
  await wanted.waitFor();
  const isMarked = () => wanted.evaluate((node) => node.hasAttribute('data-combobox-selected'));
  while (!(await isMarked())) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
