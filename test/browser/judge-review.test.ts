import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../server/domain/run.ts';
import { runOverview } from '../../server/services/evaluate/run-overview.ts';
import { runToEnd, seedProject } from '../fixtures/seeded-project.ts';
import { testModel } from '../fixtures/workbench.ts';
import { findings } from './findings.ts';
import { openStage, type Stage, settled } from './stage.ts';

let stage: Stage;
let run: Run;
let address: string;
const reason = 'The judge has its reasons.';

beforeAll(async () => {
  stage = await openStage({
    answer: ({ content }) =>
      content.includes('<criterion') ? JSON.stringify({ reasoning: reason, verdict: 'pass' }) : 'positive',
  });
  run = await runToEnd(stage.workbench, await seedProject(stage.workbench, { size: 4 }), {
    judgeModel: testModel,
    scorers: [{ name: 'rubric', args: 'It is one word', negate: false, weight: 1 }],
  });
  const [judge] = (await runOverview(stage.workbench, run)).judges;
  address = `/projects/reviews/runs/${run.id}/review?judge=${judge?.judge}`;
});
afterAll(() => stage.close());

it('is labelled by the keyboard alone, blind until all are labelled, and then reported', async () => {
  const page = await stage.open(`/projects/reviews/runs/${run.id}`);
  await page.getByText('Uncalibrated judge').first().waitFor();
  await page.getByRole('link', { name: 'Calibrate' }).press('Enter');
  await page.getByRole('heading', { name: 'Label for the judge' }).waitFor();
  await page.getByRole('textbox', { name: 'Your name' }).focus();
  await page.keyboard.type('Ada');
  await page.getByRole('heading', { name: 'Output 1 of 4' }).waitFor();
  // Once the output is there, Tab leads to it; before, it would lead to the note.
  await page.getByRole('region', { name: 'Asked' }).waitFor();
  await page.keyboard.press('Tab');
  await settled(page);
  expect(await page.content()).not.toContain(reason);
  const labelled = (count: number) => page.getByText(`${count} of 4 labelled`).waitFor();
  await page.keyboard.press('p');
  await labelled(1);
  await page.keyboard.press('f');
  await labelled(2);
  await page.keyboard.press('u');
  await page.getByText('You said before: does not meet it.').waitFor();
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Output 3 of 4' }).waitFor();
  await page.keyboard.press('s');
  await labelled(3);
  expect(await page.content()).not.toContain(reason);
  await page.keyboard.press('f');
  await page.getByRole('heading', { name: 'Judge against people' }).waitFor();
  await page.getByRole('heading', { name: 'They differ on 1 output' }).waitFor();
  await page.getByText(reason).waitFor();
  const said = await stage.workbench.stores.judgeLabels.ofAuthor(
    run.projectId,
    new URL(page.url()).searchParams.get('judge') ?? '',
    'Ada',
  );
  expect([...said.values()].map(({ passed }) => passed).sort()).toEqual([false, null, true, true].sort());
  await page.context().close();
});

it.each([
  ['en', 'light', 1440],
  ['zh-CN', 'dark', 390],
] as const)(
  'has nothing that axe complains of, and no sideways scroll: %s, %s, %i',
  async (language, scheme, width) => {
    const page = await stage.open(address, { language, scheme, width });
    await page.evaluate(() => localStorage.setItem('whetstone.author', 'Grace'));
    await page.reload();
    await settled(page);
    await page.getByRole('progressbar').waitFor({ state: 'attached' });
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.context().close();
  },
);

it('asks again for a label that could not be saved, though others were given meanwhile', async () => {
  const page = await stage.open(address);
  let refused = false;
  await page.route('**/labels', async (route) => {
    if (refused) return route.continue();
    refused = true;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.fulfill({ status: 500, json: { error: { code: 'internal', message: 'no', details: {} } } });
  });
  await page.getByRole('textbox', { name: 'Your name' }).fill('Berta');
  await page.getByRole('heading', { name: 'Output 1 of 4' }).waitFor();
  // Once the output is there, Tab leads to it; before, it would lead to the note.
  await page.getByRole('region', { name: 'Asked' }).waitFor();
  await page.keyboard.press('Tab');
  await settled(page);
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Output 2 of 4' }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: 'Output 1 of 4' }).waitFor();
  await page.getByRole('alert').waitFor();
  await page.getByText('1 of 4 labelled').waitFor();
  await page.context().close();
});
