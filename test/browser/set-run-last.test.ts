import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMood, runToEnd, type SeededProject, seedProject } from '../fixtures/seeded-project.ts';
import { findings } from './findings.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let seeded: SeededProject;
beforeAll(async () => {
  stage = await openStage({ answer: readMood });
  const { workbench } = stage;
  seeded = await seedProject(workbench);
  const { evalSets } = workbench.stores;
  const set = await evalSets.create(seeded.project.id, { name: 'Later', notes: '', holdoutShare: 0 });
  const added = Array.from({ length: 12 }, (_, index) => ({
    key: `later-${index}`,
    variables: { review: `A ${index % 2 === 0 ? 'good' : 'bad'} lunch on day ${index}` },
    expected: index % 2 === 0 ? 'positive' : 'negative',
    tags: [],
    source: 'import',
    split: 'dev' as const,
  }));
  await evalSets.change(set.id, 0, { added, replaced: [], removed: [] }, { note: '', author: '' });
  await runToEnd(workbench, seeded);
  await runToEnd(workbench, { ...seeded, set });
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

it('the editor begins with a case of the set that was run last', async () => {
  const page = await stage.open('/projects/reviews/prompts/classify/edit');
  await page.getByRole('region', { name: 'Preview' }).getByText('A good lunch on day 0').first().waitFor();
  await page.context().close();
});

it('the overview compares with the classifier of the set that was run last, or of another that is chosen and stands in the address', async () => {
  const page = await stage.open('/projects/reviews');
  const panel = page.getByRole('region', { name: 'Labels and training against a prompt' });
  const choice = panel.getByRole('combobox', { name: 'Evaluation set of the classifier' });
  await expect.poll(() => choice.inputValue()).toBe('Later');
  expect(await findings(page)).toEqual([]);
  await choice.click();
  await page.getByRole('option', { name: 'labelled' }).click();
  await page.waitForURL(/set=labelled/);
  await expect.poll(() => choice.inputValue()).toBe('labelled');
  await page.reload();
  await expect.poll(() => choice.inputValue()).toBe('labelled');
  await page.context().close();
});
