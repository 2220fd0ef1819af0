import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findBrowser, launchBrowser } from './find-browser.ts';

test('the program that WHETSTONE_BROWSER names comes first, and has to be there', () => {
  expect(findBrowser({ WHETSTONE_BROWSER: process.execPath })).toBe(process.execPath);
  expect(() => findBrowser({ WHETSTONE_BROWSER: '/nowhere/chrome' })).toThrow(
    /WHETSTONE_BROWSER names \/nowhere\/chrome/,
  );
});

test.runIf(process.platform === 'linux')('a browser is found on PATH, Chromium before Chrome', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'whetstone-browser-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = (name: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
  };
  const chrome = program('google-chrome');
  expect(findBrowser({ PATH: `/nowhere:${folder}` })).toBe(chrome);
  const chromium = program('chromium');
  expect(findBrowser({ PATH: `/nowhere:${folder}` })).toBe(chromium);
});

test("this machine's browser starts and shows a page", async () => {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.setContent('<h1>Whetstone 磨刀石</h1>');
  expect(await page.textContent('h1')).toBe('Whetstone 磨刀石');
});
