import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { readSetFolder } from '../../server/formats/set-folder.ts';
import { projectRoot, testModel } from '../fixtures/workbench.ts';
import { openStage, type Stage, settled } from './stage.ts';

const project = '/projects/restaurant-reviews';
const better = 'Read to the end.';

/** How a person acts on a page: by pointing, or by keys alone. */
type Hand = {
  press(page: Page, target: Locator): Promise<void>;
  type(page: Page, target: Locator, text: string): Promise<void>;
};

const byMouse: Hand = {
  press: (_, target) => target.click(),
  async type(page, target, text) {
    await target.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  },
};

const byKeyboard: Hand = {
  async press(page, target) {
    await reach(page, target);
    const role = await target.evaluate((element) => (element instanceof HTMLInputElement ? element.type : 'button'));
    await page.keyboard.press(role === 'radio' || role === 'checkbox' ? 'Space' : 'Enter');
  },
  async type(page, target, text) {
    await reach(page, target);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  },
};

/** Goes from one control to the next with Tab until it is there; within a code editor Tab indents, so Escape comes before. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 250; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    if (
      await page.evaluate(
        () => document.activeElement?.closest('.cm-editor') !== null && document.activeElement !== document.body,
      )
    ) {
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

let stage: Stage;
afterEach(() => stage.close());

it.each([
  ['by mouse', byMouse],
  ['by keyboard alone', byKeyboard],
])('the whole loop, %s', async (_, hand) => {
  const { cases } = await readSetFolder(`${projectRoot}/evals/sets/restaurant-reviews`);
  const truth = new Map(cases.map((item) => [String(item.variables.review), String(item.expected)]));
  stage = await openStage({
    sample: true,
    models: ['test-model'],
    // Right once it is told to read to the end; before, every answer is "positive".
    answer: ({ content, messages }) =>
      messages.some((message) => message.content.includes(better))
        ? (truth.get(content.replace('Review: ', '')) ?? 'positive')
        : 'positive',
  });

  // Scope
  const page = await stage.open(`${project}/scope`);
  await hand.type(page, page.getByLabel('Target pass rate'), '60');
  await hand.press(page, page.getByRole('button', { name: 'Save scope' }));
  await expect.poll(async () => (await scope())?.targetPassRate).toBe(0.6);

  // A first run, a better version, its run
  const before = await run(page, hand, 3);
  await page.goto(`${stage.url}${project}/prompts/sentiment/edit?from=3`);
  await settled(page);
  const system = page.getByRole('textbox', { name: 'Message 1, System' });
  if (hand === byMouse) await system.click();
  else await reach(page, system);
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(` ${better}`);
  await page.getByRole('list', { name: 'Messages as sent' }).getByText(better).waitFor();
  await page.keyboard.press('ControlOrMeta+s');
  await expect.poll(newestVersion).toBe(5);
  const after = await run(page, hand, 5);

  // Compare
  await page.goto(`${stage.url}${project}/compare/${before}/${after}`);
  await page
    .getByRole('heading', { name: /better/i })
    .first()
    .waitFor();

  // Approve, point, export
  await page.goto(`${stage.url}${project}/releases?prompt=sentiment&version=5&model=${encodeURIComponent(testModel)}`);
  await settled(page);
  await hand.type(page, page.getByLabel('Why it is approved'), 'It reads to the end.');
  await hand.type(page, page.getByLabel('Approved by'), 'Ada');
  await hand.press(page, page.getByRole('button', { name: 'Approve sentiment v5' }));
  await hand.press(page, page.getByRole('button', { name: 'Point production to it' }));
  const served = `${stage.url}/api/prompts/restaurant-reviews/sentiment/production`;
  await expect.poll(async () => (await fetch(served)).status).toBe(200);
  const exported = await fetch(
    `${stage.url}/api${project}/prompts/sentiment/export?label=production&format=prompt.yml`,
  );
  expect(await exported.text()).toContain(better);

  // A program fetches it and reports a call
  const fetched = await fetch(served);
  const prompt = await fetched.json();
  expect(prompt).toMatchObject({ version: 5, model: testModel, variables: ['review'] });
  const unchanged = await fetch(served, { headers: { 'if-none-match': fetched.headers.get('etag') ?? '' } });
  expect(unchanged.status).toBe(304);
  const review = 'The pasta never came. <script>document.title = "owned"</script>';
  const reported = await fetch(`${stage.url}/api/observations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      project: 'restaurant-reviews',
      release: prompt.release,
      input: { review },
      output: 'positive',
      latencyMs: 120,
      feedback: 'down',
    }),
  });
  expect(reported.status).toBe(200);

  // It becomes a case, and part of the next run
  await page.goto(`${stage.url}${project}/monitor`);
  await settled(page);
  await hand.press(page, page.getByRole('row').filter({ hasText: 'The pasta never came.' }));
  await hand.press(page, page.getByRole('button', { name: 'Add as negative' }));
  await expect.poll(caseCount).toBe(cases.length + 1);
  expect(await page.title()).not.toBe('owned');
  const next = await run(page, hand, 5);
  const results = await stage.workbench.stores.results.page(next);
  expect(results).toHaveLength(cases.length + 1);
  expect(stage.problems).toEqual([]);
});

/** Runs a version on all cases from the page of a new run, and gives the run's id once it is complete. */
async function run(page: Page, hand: Hand, version: number) {
  await page.goto(
    `${stage.url}${project}/runs/new?prompt=sentiment&version=${version}&set=restaurant-reviews&split=all&model=${encodeURIComponent(testModel)}`,
  );
  await settled(page);
  const known = (await runs()).length;
  await hand.press(page, page.locator('main button[type="submit"]'));
  await expect.poll(async () => (await runs()).length).toBe(known + 1);
  await expect.poll(async () => (await runs())[0]?.status, { timeout: 20_000 }).toBe('completed');
  const [newest] = await runs();
  if (newest === undefined) throw new Error('there is no run');
  await page.waitForURL(`**${project}/runs/${newest.id}*`);
  return newest.id;
}

const sample = async () => {
  const found = await stage.workbench.stores.projects.find('restaurant-reviews');
  if (found === null) throw new Error('the sample is not there');
  return found.id;
};
const scope = async () => stage.workbench.stores.projects.scope(await sample());
const runs = async () => stage.workbench.stores.runs.list(await sample());
const newestVersion = async () => {
  const { prompts } = stage.workbench.stores;
  const prompt = await prompts.find(await sample(), 'sentiment');
  return prompt && (await prompts.version(prompt.id, null))?.number;
};
const caseCount = async () => {
  const { evalSets } = stage.workbench.stores;
  const set = await evalSets.find(await sample(), 'restaurant-reviews');
  return set && (await evalSets.version(set.id, null))?.caseCount;
};
