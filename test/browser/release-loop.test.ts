import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WhetstoneClient } from '../../client/whetstone.ts';
import { addPerson } from '../../server/services/people/people.ts';
import { type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { openStage, type Stage, settled } from './stage.ts';

const project = '/projects/reviews';
const better = 'Read to the end.';
const owner = { kind: 'owner' } as const;
let stage: Stage;
let seeded: SeededProject;
let ada: Page;
let grace: Page;

/** Every review is called positive until the prompt says to read to the end. */
beforeAll(async () => {
  stage = await openStage({
    models: ['test-model'],
    answer: ({ content, messages }) =>
      content.includes('good') || !messages.some((message) => message.content.includes(better))
        ? 'positive'
        : 'negative',
  });
  seeded = await seedProject(stage.workbench, { size: 240 });
  const tokens = [
    (await addPerson(stage.workbench, owner, { name: 'Ada', role: 'editor' })).token,
    (await addPerson(stage.workbench, owner, { name: 'Grace', role: 'approver' })).token,
  ];
  [ada, grace] = await Promise.all([openAs(tokens[0] ?? ''), openAs(tokens[1] ?? '')]);
});
afterAll(() => stage.close());

async function openAs(token: string): Promise<Page> {
  const page = await stage.open('/settings');
  await page.getByRole('button', { name: 'Say who you are' }).click();
  await page.getByRole('menuitem', { name: 'Say who you are' }).click();
  await page.getByLabel('Your token').fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^You are / }).waitFor();
  return page;
}

const go = async (page: Page, address: string) => {
  await page.goto(`${stage.url}${address}`);
  await settled(page);
};
const program = () => new WhetstoneClient({ project: 'reviews', baseUrl: stage.url, freshMs: 0 });

it('a scope, a run, a request that a missed gate blocks, a better version that a second person approves', async () => {
  await go(ada, `${project}/scope`);
  await ada.getByLabel('Target pass rate').fill('80');
  await ada.getByRole('button', { name: 'Save scope' }).click();
  await expect.poll(async () => (await scope())?.targetPassRate).toBe(0.8);
  await runAll(1);
  await ask(1, 'It is short.');

  // Grace can't approve what misses its gate without a reason, and sends it back.
  const request = await openRequest(1);
  await request.getByText('Observed only 50.0%').first().waitFor();
  await request.getByRole('button', { name: 'Approve' }).click();
  await request.getByRole('textbox', { name: 'Why it may be released although' }).waitFor();
  expect(await releases()).toEqual([]);
  await request.getByRole('textbox', { name: 'Note' }).fill('Half of them are wrong.');
  await request.getByRole('button', { name: 'Send back' }).click();
  await expect.poll(async () => (await requests())[0]?.events.at(-1)?.kind).toBe('sent_back');
  expect((await fetch(`${stage.url}/api/prompts/reviews/classify/production`)).status).toBe(404);

  // Ada improves the prompt; what it says now passes.
  await improve(1, better);
  await runAll(2);
  await ask(2, 'It reads to the end.');
  await approve(2, 'All of holdout is right.');
  const { prompt } = await program().prompt('classify');
  expect(prompt).toMatchObject({ version: 2, model: testModel, variables: ['review'] });
});

it('its next version pleases nobody: an alert, a case of it, and the release before again, all of it in the history', async () => {
  await improve(2, 'Be brief.');
  await runAll(3);
  await ask(3, 'It is brief.');
  await approve(3, 'As good as before.');

  await go(ada, `${project}/monitor/alerts`);
  await ada.getByRole('button', { name: 'Add a rule' }).click();
  await ada.getByRole('combobox', { name: 'What to watch' }).click();
  await ada.getByRole('option', { name: 'Thumbs-up' }).click();
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  await ada.getByRole('article', { name: /at least 80(.0)?% of calls with feedback/ }).waitFor();

  // A program fetches it, asks the model, and reports what users thought.
  const client = program();
  const { prompt } = await client.prompt('classify');
  expect(prompt.version).toBe(3);
  for (let call = 0; call < 60; call++) {
    await client.observe({
      prompt: 'classify',
      release: prompt.release,
      input: { review: `Not what I call a dinner, number ${call}` },
      output: 'positive',
      feedback: call % 10 === 0 ? 'up' : 'down',
    });
  }
  await ada.getByRole('button', { name: 'Check now' }).click();
  const alert = ada.getByRole('article', { name: /at least 80(.0)?% of calls with feedback/ });
  await alert.getByText('firing').waitFor();
  await alert.getByText('6 of 60 calls').waitFor();

  // What they disliked becomes a case.
  await alert.getByRole('link', { name: 'Look at its calls' }).click();
  await settled(ada);
  await ada.getByRole('row').filter({ hasText: 'number 59' }).click();
  await ada.getByRole('button', { name: 'Add as negative' }).click();
  await expect.poll(caseCount).toBe(241);

  // The release before is served again.
  await go(grace, `${project}/releases`);
  await grace.getByRole('button', { name: 'Roll back' }).first().click();
  await grace.getByRole('textbox', { name: 'Reason' }).fill('Nobody likes it.');
  await grace.getByRole('button', { name: 'Roll back', exact: true }).last().click();
  await expect.poll(async () => (await client.prompt('classify')).prompt.version).toBe(2);

  // The history has all of it, with who and why.
  await go(grace, `${project}/releases`);
  const history = grace.getByRole('table', { name: 'History of the labels' });
  await history.getByText('Nobody likes it.').waitFor();
  expect(await history.getByText(/All of holdout is right|As good as before|goes live/).count()).toBe(2);
  const events = (await requests()).flatMap((request) =>
    request.events.map(({ kind, author }) => [request.id, kind, author]),
  );
  expect(events).toEqual(
    expect.arrayContaining([
      [1, 'sent_back', 'Grace'],
      [2, 'approved', 'Grace'],
      [3, 'approved', 'Grace'],
    ]),
  );
  await go(ada, `${project}/monitor/alerts`);
  await ada.getByRole('table', { name: 'History' }).getByText('fired').first().waitFor();
  expect(stage.problems).toEqual([]);
});

/** Runs a version on all cases from the page of a new run. */
async function runAll(version: number): Promise<void> {
  const known = (await runs()).length;
  await go(
    ada,
    `${project}/runs/new?prompt=classify&version=${version}&set=labelled&split=all&model=${encodeURIComponent(testModel)}`,
  );
  await ada.locator('main button[type="submit"]').click();
  await expect.poll(async () => (await runs()).length).toBe(known + 1);
  await expect.poll(async () => (await runs())[0]?.status, { timeout: 30_000 }).toBe('completed');
}

/** Adds a sentence to the first message of a version and saves it as the next one. */
async function improve(from: number, sentence: string): Promise<void> {
  await go(ada, `${project}/prompts/classify/edit?from=${from}`);
  await ada.getByRole('textbox', { name: 'Message 1, System' }).click();
  await ada.keyboard.press('ControlOrMeta+End');
  await ada.keyboard.type(` ${sentence}`);
  await ada.getByRole('list', { name: 'Messages as sent' }).getByText(sentence).waitFor();
  await ada.keyboard.press('ControlOrMeta+s');
  await expect.poll(newestVersion).toBe(from + 1);
}

async function ask(version: number, why: string): Promise<void> {
  await go(ada, `${project}/releases?prompt=classify&version=${version}&model=${encodeURIComponent(testModel)}`);
  await ada.getByRole('textbox', { name: 'Why it should be released' }).fill(why);
  await ada.getByRole('button', { name: `Ask for the release of classify v${version}` }).click();
  await ada.getByRole('dialog', { name: `classify v${version}` }).waitFor();
}

async function openRequest(id: number) {
  await go(grace, `${project}/releases?request=${id}`);
  return grace.getByRole('dialog', { name: `Request ${id}` });
}

async function approve(id: number, note: string): Promise<void> {
  const request = await openRequest(id);
  await request.getByRole('textbox', { name: 'Note' }).fill(note);
  await request.getByRole('button', { name: 'Approve' }).click();
  await grace.getByRole('textbox', { name: 'Reason' }).fill(`goes live: ${note}`);
  await grace.getByRole('button', { name: 'Point production to it' }).click();
  await grace.getByText(/production points to release/).waitFor();
}

const scope = () => stage.workbench.stores.projects.scope(seeded.project.id);
const runs = () => stage.workbench.stores.runs.list(seeded.project.id);
const releases = () => stage.workbench.stores.releases.list(seeded.project.id);
const requests = () => stage.workbench.stores.releaseRequests.list(seeded.project.id);
const newestVersion = async () => (await stage.workbench.stores.prompts.version(seeded.prompt.id, null))?.number;
const caseCount = async () => (await stage.workbench.stores.evalSets.version(seeded.set.id, null))?.caseCount;
