import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparisonReport, runReport } from '../../server/services/evaluate/html-report.ts';
import { openRunLab, type RunLab } from '../fixtures/run-lab.ts';
import { launchBrowser } from './find-browser.ts';
import { findings } from './findings.ts';

const hostile =
  '</div><script>document.title = "taken"</script><img src="http://127.0.0.1:9/x" onerror="document.title = \'taken\'"> {{this}}';
let lab: RunLab;
let browser: Browser;
let answer = hostile;

beforeAll(async () => {
  lab = await openRunLab({ cases: 8, server: { answer: () => answer } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await lab.close();
});

it('a report is read from a file: nothing in it runs, nothing is asked for, and every answer is text', async () => {
  const first = await lab.run({ useCache: false });
  answer = 'positive';
  const second = await lab.run({ useCache: false });
  const reports = [
    await runReport(lab.workbench, first.id, 'en'),
    await comparisonReport(lab.workbench, [first.id, second.id], 'all', 'zh-CN'),
  ];
  for (const html of reports) {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const file = path.join(lab.workbench.dataDirectory, 'report.html');
    await writeFile(file, html);
    await page.goto(pathToFileURL(file).href);
    expect(await page.title()).toMatch(/#1/);
    expect(asked).toEqual([pathToFileURL(file).href]);
    expect(await page.getByText(hostile).count()).toBe(8);
    expect(await page.locator('h1').evaluate((heading) => getComputedStyle(heading).fontSize)).toBe('24px');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await findings(page)).toEqual([]);
    await context.close();
  }
});
