import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findings } from './findings.ts';
import { choose, focused, openStage, type Stage, tabTo } from './stage.ts';

const project = '/projects/restaurant-reviews';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ sample: true, answer: () => 'positive' });
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

const soundIn = async (page: Page) => expect(await findings(page)).toEqual([]);
const setVersion = async () => {
  const { projects, evalSets } = stage.workbench.stores;
  const [found] = await projects.list();
  const set = found && (await evalSets.find(found.id, 'restaurant-reviews'));
  const version = set && (await evalSets.version(set.id, null));
  if (!version) throw new Error('the sample has a set');
  return { version, cases: await evalSets.cases(version) };
};

it('writes a prompt and keeps an answer as a case by the keyboard alone', async () => {
  const page = await stage.open(`${project}/prompts`);
  await tabTo(page, page.getByRole('button', { name: 'New prompt' }));
  await page.keyboard.press('Enter');
  await focused(page.getByRole('dialog').getByRole('textbox').first());
  await soundIn(page);
  await page.keyboard.type('a-verdict');
  await page.keyboard.press('Enter');
  await page.waitForURL(/a-verdict\/edit/);

  const system = page.getByRole('textbox', { name: 'Message 1, System' });
  await system.waitFor();
  await tabTo(page, system);
  await page.keyboard.type('Say of {{reviw}} whether it is positive or negative. {{#i');
  await page.getByRole('option', { name: /#if.*only where it has a value/ }).waitFor();
  await soundIn(page);
  // The list takes no key in its first moment, lest one be meant for the text.
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  // A variable is offered behind the helper, with its value in the chosen case.
  await page.getByRole('option', { name: /^review.+/ }).waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect.poll(() => system.innerText()).toContain('{{#if review}}{{/if}}');

  const fix = page.getByRole('button', { name: 'Write {{review}} instead' });
  await fix.waitFor();
  await tabTo(page, fix);
  await page.keyboard.press('Enter');
  await expect.poll(() => system.innerText()).toContain('Say of {{review}} whether');
  await page.keyboard.press('Control+s');
  await page.getByText('Version 1 is saved').waitFor();

  await tabTo(page, page.getByRole('link', { name: 'Try it in the playground' }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Playground' }).waitFor();
  await tabTo(page, page.getByRole('radio', { name: 'Cases' }));
  await page.keyboard.press('ArrowRight');
  const review = page.getByRole('textbox', { name: 'review' });
  await review.waitFor();
  await tabTo(page, review);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('The soup was cold, and so was the welcome.');
  await tabTo(page, page.getByRole('button', { name: 'Ask 1 time' }));
  await page.keyboard.press('Enter');
  const keep = page.getByRole('button', { name: 'Keep as a case' });
  await keep.waitFor();
  await tabTo(page, keep);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const expected = dialog.getByLabel('Expected answer').first();
  await expected.waitFor();
  await soundIn(page);
  await tabTo(page, expected);
  await page.keyboard.press('Control+a');
  if ((await expected.getAttribute('role')) === 'combobox') await choose(page, 'negative', 'negative');
  else await page.keyboard.type('negative');
  await tabTo(page, dialog.getByRole('button', { name: 'Keep as a case' }));
  await page.keyboard.press('Enter');
  await page.getByText('Kept in Restaurant reviews').waitFor();
  const kept = (await setVersion()).cases.at(-1);
  expect(kept).toMatchObject({ expected: 'negative', source: 'playground', split: 'dev' });
  expect(kept?.variables).toEqual({ review: 'The soup was cold, and so was the welcome.' });
  await page.context().close();
});

it('restores an older version under a new number', async () => {
  const page = await stage.open(`${project}/prompts/sentiment?version=1`);
  await page.getByRole('button', { name: /^Restore as version \d+$/ }).click();
  await page.getByText('Restores version 1').first().waitFor();
  const { projects, prompts } = stage.workbench.stores;
  const [found] = await projects.list();
  const prompt = found && (await prompts.find(found.id, 'sentiment'));
  const [first, newest] = [
    prompt && (await prompts.version(prompt.id, 1)),
    prompt && (await prompts.version(prompt.id, null)),
  ];
  expect(newest?.contentHash).toBe(first?.contentHash);
  expect(newest).toMatchObject({ parent: 1, note: 'Restores version 1' });
  await page.context().close();
});

it('says in Chinese what is wrong with a template, at its line and when it is saved', async () => {
  const page = await stage.open(`${project}/prompts/sentiment/edit?from=2`, { language: 'zh-CN' });
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' {{mood}}');
  await page.getByText('缺少变量“mood”', { exact: false }).first().waitFor();
  await page.keyboard.type(' {{#each review}}');
  await page.getByText('有一处大括号或块没有结束', { exact: false }).first().waitFor();
  await page.getByText('请先改正模板', { exact: false }).waitFor();
  await page.keyboard.press('Control+s');
  const alert = page.getByRole('alert').filter({ hasText: '这个版本无法保存' });
  await alert.getByText(/消息 1，第 2 行/).waitFor();
  expect(await alert.innerText()).not.toMatch(/can't be saved/);
  await soundIn(page);
  await page.context().close();
});

it('shows a conversation as a transcript, and edits it turn by turn', async () => {
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${stage.url}/api/projects${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  };
  const messages = [
    { role: 'user', content: 'Where is my parcel?' },
    { role: 'assistant', content: 'What is its number?' },
  ];
  await post('', { name: 'Support' });
  const text = JSON.stringify([{ messages, expected: 'a question' }]);
  await post('/support/sets/import', { set: 'Talks', fileName: 'talks.json', text, expected: 'expected' });
  await post('/support/prompts', { name: 'reply' });
  const content = {
    messages: [{ role: 'user', content: 'Go on:\n{{#each messages}}{{role}}: {{content}}\n{{/each}}' }],
    parameters: {},
    responseFormat: { type: 'text' },
  };
  await post('/support/prompts/reply/versions', { content });

  const page = await stage.open('/projects/support/prompts/reply/edit', { width: 390 });
  await page.getByRole('list', { name: 'Conversation' }).getByText('Where is my parcel?').waitFor();
  await soundIn(page);
  await page.getByText('Own values', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Turn 2', exact: true }).fill('Which city is it for?');
  await page.getByRole('button', { name: 'Add a turn' }).click();
  await page.getByRole('textbox', { name: 'Turn 3', exact: true }).fill('Lyon');
  await page.getByText('assistant: Which city is it for?\nuser: Lyon', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Remove turn 1' }).click();
  await page.getByText('Go on:\nassistant: Which city is it for?\nuser: Lyon', { exact: false }).waitFor();
  await soundIn(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  await page.context().close();
});
