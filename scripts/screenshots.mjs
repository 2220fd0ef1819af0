// Takes the pictures of the README from the real pages, over a workbench that starts for the first time.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openStage } from '../test/browser/stage.ts';

const folder = path.join(path.dirname(import.meta.dirname), 'docs', 'images');
mkdirSync(folder, { recursive: true });
const stage = await openStage({ sample: true });
try {
  for (const language of ['en', 'zh-CN']) {
    const page = await stage.open('/projects/restaurant-reviews', { language, width: 1280, height: 800 });
    await page.locator('canvas').first().waitFor();
    const file = path.join(folder, `overview-${language}-light.png`);
    await page.screenshot({ path: file });
    console.log(path.relative(process.cwd(), file));
  }
} finally {
  await stage.close();
}
