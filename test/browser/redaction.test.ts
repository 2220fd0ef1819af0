import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseFromObservation } from '../../server/services/monitor/case-from-observation.ts';
import { recordObservation } from '../../server/services/monitor/record-observation.ts';
import { saveScope } from '../../server/services/scope/save-scope.ts';
import { type SeededProject, scopeAsking, seedProject } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { focused, openStage, type Stage, settled, tabTo } from './stage.ts';

let stage: Stage;
let seeded: SeededProject;
const address = '/projects/reviews/monitor/redaction';

beforeAll(async () => {
  stage = await openStage();
  seeded = await seedProject(stage.workbench, { size: 8 });
  await saveScope(stage.workbench, seeded.project, {
    scope: scopeAsking({ privacy: 'Reviews of customers' }),
    author: 'Ada',
  });
  const call = { input: { review: 'Ring 13800138000, <b>bob@example.com</b>' }, output: 'positive' };
  const { id } = await recordObservation(stage.workbench, seeded.project, call);
  await caseFromObservation(stage.workbench, id, { set: 'labelled', expected: 'positive', tags: [], author: 'Ada' });
});
afterAll(() => stage.close());

const result = (page: Page) => page.getByRole('region', { name: /What would be stored/ });
const textbox = (page: Page, name: string) => page.getByRole('textbox', { name });

it('is written by the keyboard alone, tried while it is typed, and holds once it is saved', async () => {
  const page = await stage.open('/projects/reviews/monitor');
  await page.getByRole('link', { name: 'Redaction' }).click();
  await settled(page);
  await page.getByText('Your scope speaks of people’s data').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Switch them on' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('checkbox', { name: 'IP addresses' }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Add a pattern' }));
  await page.keyboard.press('Enter');
  await focused(page.getByRole('textbox', { name: 'Name', exact: true }));
  await page.keyboard.type('order');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ORD-[');
  await tabTo(page, page.getByRole('switch', { name: 'Number equal values' }));
  await page.keyboard.press('Space');
  await textbox(page, 'Text').focus();
  await page.keyboard.type('ORD-77 of bob@example.com at 10.0.0.1, <i>BOB@example.com</i>');
  // A pattern that can't be used is said where it is tried, and where it is saved.
  await page.getByRole('region', { name: 'Try a text' }).getByText("can't be used").waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('form', { name: 'Rules' }).getByText("can't be used").waitFor();
  await textbox(page, 'Pattern').fill('ORD-\\d+');
  await result(page).getByText('[order 1] of [email 1] at [ip-address 1], <i>[email 1]</i>').waitFor();
  expect(await result(page).locator('mark').count()).toBe(4);
  await textbox(page, 'Your name').fill('Ada');
  await textbox(page, 'Your name').press('Enter');
  await page.getByText('Version 1 holds for every call from now on').waitFor();
  const history = page.getByRole('table', { name: 'Changes of the rules' });
  await history.getByRole('row', { name: /^1 .*Ada .*kind Email addresses/ }).waitFor();

  const call = { input: { review: 'ORD-1 by eve@example.com' }, output: 'positive' };
  await recordObservation(stage.workbench, seeded.project, call);
  await page.goto(`${stage.url}/projects/reviews/monitor`);
  await page.getByText('[order 1] by [email 1]').waitFor();
  await page.goto(`${stage.url}${address}`);
  await page
    .getByRole('form', { name: 'Rules' })
    .getByText(/found 1 time/)
    .first()
    .waitFor();
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('is applied to what is stored once that is confirmed, and names the cases that it can not change', async () => {
  const page = await stage.open(address);
  await page.getByRole('checkbox', { name: 'IP addresses' }).uncheck();
  await page.getByText('Save the rules first.').waitFor();
  expect(await page.getByRole('button', { name: 'Apply to what is stored' }).isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: 'IP addresses' }).check();
  await page.getByRole('button', { name: 'Apply to what is stored' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rewrite what is stored?' });
  await dialog.getByRole('button', { name: 'Apply to what is stored' }).click();
  await page.getByText('1 of 2 records were rewritten').waitFor();
  await page.reload();
  await settled(page);
  await page.getByText('One case that was made before matches').waitFor();
  await page.getByRole('table', { name: 'When rules were applied' }).getByText('1 of 2 records').waitFor();
  await page.getByRole('link', { name: /labelled\/observation-/ }).click();
  await page.getByRole('dialog').getByText('13800138000').first().waitFor();
  await page.goto(`${stage.url}/projects/reviews/monitor`);
  await page.getByText('Ring [phone 1], <b>[email 1]</b>').waitFor();
  expect(stage.problems).toEqual([]);
  await page.context().close();
});

it('shows what another saved meanwhile before one saves over it, and asks before changes are left', async () => {
  const page = await stage.open(address, { language: 'zh-CN', scheme: 'dark', width: 390 });
  await page.getByRole('checkbox', { name: 'IP 地址' }).uncheck();
  const { stores } = stage.workbench;
  const newest = await stores.redaction.newest(seeded.project.id);
  if (newest === null) throw new Error('rules were saved');
  await stores.redaction.save(seeded.project.id, {
    rules: { ...newest.rules, words: ['张三'] },
    author: '李雷',
    base: newest.number,
  });
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('在此期间脱敏规则已被修改').waitFor();
  await page.getByText('第 2 版由 李雷 保存').waitFor();
  await page.getByRole('link', { name: '线上监控', exact: true }).click();
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.getByRole('button', { name: '查看该版本' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: '自定义词语' }).inputValue()).toBe('张三');
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.context().close();
});
