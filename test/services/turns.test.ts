import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportVersion } from '../../server/services/prototype/export-version.ts';
import { setSizes } from '../../server/services/scope/set-size.ts';
import { type SeededProject, scopeAsking, seedProject } from '../fixtures/seeded-project.ts';
import { withTurns } from '../fixtures/with-turns.ts';
import { openTestWorkbench, type TestWorkbench } from '../fixtures/workbench.ts';

let test: TestWorkbench;
let seeded: SeededProject;
beforeAll(async () => {
  test = await openTestWorkbench();
  seeded = await seedProject(test.workbench, { size: 1000 });
});
afterAll(() => test.close());

const choice = { prompt: 'classify' };

it('others have their turn while the many cases of a set are written for promptfoo', async () => {
  const { report, turns } = await withTurns(exportVersion(test.workbench, seeded.project, choice, 'promptfoo'));
  expect(report.text.match(/^ {2}- description: case-/gm)).toHaveLength(750);
  expect(turns).toBeGreaterThan(50);
});

it('what promptfoo can’t be given is refused as it is for few cases', async () => {
  const { stores } = test.workbench;
  const variables = { review: 'Pay {{ "env." }} a visit' };
  const added = [{ key: 'odd', variables, expected: 'positive', tags: [], source: 'test', split: 'dev' as const }];
  await stores.evalSets.change(seeded.set.id, 1, { added, replaced: [], removed: [] }, { note: '', author: '' });
  await expect(exportVersion(test.workbench, seeded.project, choice, 'promptfoo')).rejects.toMatchObject({
    name: 'WhetstoneError',
    kind: 'invalid',
    code: 'promptfoo_not_possible',
    details: { case: 'odd', variable: 'review' },
  });
});

it('others have their turn while the size of a set is counted', async () => {
  const { stores } = test.workbench;
  await stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.8 }), '');
  const { report, turns } = await withTurns(setSizes(test.workbench, seeded.project, {}));
  expect(report.goals).toMatchObject([{ target: 0.8, assumed: 0.85, present: { cases: 250 } }]);
  expect(turns).toBeGreaterThan(50);
});
