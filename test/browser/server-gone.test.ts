import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage, settled } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ sample: true });
});
afterAll(() => stage.close());

it('a page says that the server is gone, and goes on by itself when it is back', async () => {
  const page = await stage.open('/projects/restaurant-reviews/runs/4');
  await page.context().route('**/api/**', (route) => route.abort());
  await page.getByRole('tab', { name: 'All' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'What you see may be old' });
  await notice.waitFor();
  await page.context().unroute('**/api/**');
  await notice.waitFor({ state: 'detached' });
  await settled(page);
  await page.getByText(/^1–\d+ of 138$/).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.context().close();
});

it('a page whose files do not come says so, and not that it broke', async () => {
  const page = await stage.open('/');
  await page.context().route('**/assets/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'This page did not load' }).waitFor();
  await page.context().unroute('**/assets/**');
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await page.context().close();
});
