import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { verifyReleases } from '../../../server/services/deploy/verify-releases.ts';
import { readMood, runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const owner = { kind: 'owner' } as const;
const approval = { prompt: 'classify', version: 1, model: testModel, text: 'good enough', by: 'Grace' };
let test: TestWorkbench;
beforeAll(async () => {
  test = await openTestWorkbench({ answer: readMood });
}, 60_000);
afterAll(() => test.close());

it('holds for what was approved, with overrides too, and says what was changed since', async () => {
  const { stores } = test.workbench;
  const seeded = await seedProject(test.workbench);
  const { project } = seeded;
  await stores.projects.saveScope(project.id, scopeAsking({ targetPassRate: 0.99 }), '');
  await runToEnd(test.workbench, seeded);
  const overrides = [{ name: 'pass_rate' as const, reason: 'few cases' }];
  const release = await approveRelease(test.workbench, project, owner, { ...approval, overrides });
  const verified = await verifyReleases(test.workbench, project);
  expect(verified).toMatchObject({ releases: [{ id: release.id, problems: [] }], requests: [{ problems: [] }] });

  const problemsOf = async (changed: typeof release) => {
    const releases = Object.create(stores.releases, { list: { value: async () => [changed] } });
    const { releases: found } = await verifyReleases({ stores: { ...stores, releases } }, project);
    return found[0]?.problems;
  };
  const { evidence } = release;
  expect(await problemsOf({ ...release, overrides: [] })).toEqual(['gate']);
  expect(await problemsOf({ ...release, evidence: { ...evidence, runs: [] } })).toEqual(['digest']);
  const subject = { prompt: 'classify', version: 1, contentHash: 'another', model: testModel };
  expect(await problemsOf({ ...release, evidence: { ...evidence, subject } })).toEqual(['digest', 'content']);
});
