import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReleaseId } from '../../server/domain/ids.ts';
import { approveRelease } from '../../server/services/deploy/approve-release.ts';
import { moveLabel } from '../../server/services/deploy/move-label.ts';
import { storedCall } from '../fixtures/production-calls.ts';
import { readMood, runToEnd, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

const monitor = '/projects/reviews/monitor';
const hostile = '<img src=x onerror="document.title=\'broken\'">';
const owner = { kind: 'owner' } as const;
let stage: Stage;
let seeded: SeededProject;

const failed = (releaseId: ReleaseId | null, failure: 'timeout' | 'rate_limited', message: string) =>
  stage.workbench.stores.unobservedCalls.add({
    projectId: seeded.project.id,
    releaseId,
    failure,
    message,
    model: null,
    traceId: null,
    spanId: null,
  });

/** What failed before anything was answered; then 40 calls of the release in production, of which 10 failed, and one of none that was answered. */
beforeAll(async () => {
  stage = await openStage({ answer: readMood });
  seeded = await seedProject(stage.workbench, { size: 8 });
  await runToEnd(stage.workbench, seeded);
});
afterAll(() => stage.close());

async function release(): Promise<void> {
  const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace', overrides: [] };
  const made = await approveRelease(stage.workbench, seeded.project, owner, approval);
  const move = { release: made.id, reason: 'first', by: 'Grace' };
  await moveLabel(stage.workbench, seeded.project, owner, { prompt: 'classify', label: 'production' }, move);
  for (let call = 0; call < 30; call++) await storedCall(stage.workbench, seeded, made, 'positive');
  for (let call = 0; call < 10; call++) await failed(made.id, call < 7 ? 'timeout' : 'rate_limited', hostile);
  await storedCall(stage.workbench, seeded, null, 'negative');
}

it('failed calls are shown by release and kind apart from what was answered, before anything was', async () => {
  await failed(null, 'timeout', 'It took too long.');
  const page = await stage.open(monitor);
  const section = page.getByRole('region', { name: 'Failed calls' });
  await section.getByRole('cell', { name: 'too slow 1' }).waitFor();
  await release();
  await page.reload();
  const row = section.getByRole('row', { name: /^Release 1/ });
  await row.getByRole('cell', { name: 'too slow 7 · rate limited 3' }).waitFor();
  await row.getByText('25.0%').waitFor();
  await row.getByText('n=40').waitFor();
  await section.getByText('The newest 11').click();
  await section.getByText(hostile).first().waitFor();
  expect(await page.title()).not.toBe('broken');
  expect(await findings(page)).toEqual([]);
  await page.context().close();
});

it('a rule of failed calls is added, fires, is given another limit, and the history says what it was', async () => {
  const page = await stage.open(`${monitor}/alerts`);
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const add = page.getByRole('dialog', { name: 'Add a rule' });
  await add.getByRole('combobox', { name: 'What to watch' }).click();
  await page.getByRole('option', { name: 'Failed calls' }).click();
  await add.getByRole('button', { name: 'Add', exact: true }).click();
  const rule = page.getByRole('article', { name: 'classify: at most 2.0% of calls fail' });
  await rule.getByText('firing').waitFor();
  await rule.getByText(/10 of 40 calls failed \(25\.0%, interval .*allowed: 2\.0%/).waitFor();
  await rule.getByRole('button', { name: 'Change' }).press('Enter');
  const change = page.getByRole('dialog', { name: 'Change this rule' });
  const share = change.getByRole('textbox', { name: 'Share of calls that may fail' });
  await share.fill('5');
  expect(await findings(page)).toEqual([]);
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('article', { name: 'classify: at most 5.0% of calls fail' }).waitFor();
  const history = page.getByRole('table', { name: 'History' });
  await history.getByRole('cell', { name: /before: classify: at most 2\.0% of calls fail/ }).waitFor();
  await history.getByRole('row', { name: /fired classify: at most 2\.0% of calls fail/ }).waitFor();
  await page.context().close();
});

it('calls that name no release are said to be unscored, and taken in where that is asked; the proposal fits the labels', async () => {
  const page = await stage.open(monitor);
  await page.getByRole('button', { name: "Score production's calls" }).click();
  const dialog = page.getByRole('dialog', { name: 'Online scoring of classify' });
  const argument = dialog.locator('input[value="^\\\\s*(?:positive|negative)\\\\s*$"]');
  await argument.waitFor();
  await dialog.getByRole('button', { name: 'Score from now on' }).click();
  await page.getByText(/1 call of this time names no release and is not scored/).waitFor();
  await page.getByRole('button', { name: 'Online scoring' }).click();
  await dialog.getByRole('checkbox', { name: 'Also calls that name no release' }).check();
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Score by these from now on' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByText(/names no release and is not scored/).count()).toBe(0);
  await page.context().close();
});
