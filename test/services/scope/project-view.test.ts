import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { moveLabel } from '../../../server/services/deploy/move-label.ts';
import { reviewResult } from '../../../server/services/improve/review-result.ts';
import { recordObservation } from '../../../server/services/monitor/record-observation.ts';
import { createProject } from '../../../server/services/scope/create-project.ts';
import { projectView } from '../../../server/services/scope/project-view.ts';
import { spineFacts } from '../../../server/services/scope/spine-facts.ts';
import {
  addVersion,
  readMood,
  runToEnd,
  type SeededProject,
  scopeAsking,
  seedProject,
} from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

describe('a project', () => {
  let test: TestWorkbench;
  beforeAll(async () => {
    test = await openTestWorkbench({ answer: readMood });
  });
  afterAll(() => test.close());

  const facts = async ({ project }: Pick<SeededProject, 'project'>) =>
    spineFacts(test.workbench, project, await test.workbench.stores.projects.scope(project.id));

  it('begins with nothing but its name', async () => {
    const project = await createProject(test.workbench, ' Café “Ωmega” ');
    const view = await projectView(test.workbench, project);
    expect(view).toMatchObject({ slug: 'café-ωmega', name: 'Café “Ωmega”', scope: null });
    expect(view.spine.stages.map(({ stage, state }) => [stage, state])).toEqual([
      ['scope', 'open'],
      ['prototype', 'open'],
      ['evaluate', 'open'],
      ['improve', 'open'],
      ['deploy', 'open'],
    ]);
    expect(view.spine.next).toMatchObject({ step: { code: 'write_scope' }, page: 'scope' });
    expect(view).not.toHaveProperty('id');
  });

  it('needs a name with a letter or digit, and one of its own', async () => {
    await expect(createProject(test.workbench, ' … ')).rejects.toMatchObject({ code: 'project_name_invalid' });
    await createProject(test.workbench, 'Twice');
    await expect(createProject(test.workbench, 'twice!')).rejects.toMatchObject({ code: 'project_exists' });
  });

  it('counts what the newest versions of its sets hold, and its runs', async () => {
    const seeded = await seedProject(test.workbench, { name: 'Counted', size: 20, tricky: 2 });
    await test.workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.7 }), 'Ada');
    expect(await facts(seeded)).toMatchObject({
      scopeWritten: true,
      target: 0.7,
      prompts: 1,
      versions: 1,
      cases: { dev: 15, holdout: 5 },
      runs: { completed: 0, running: 0 },
      bestDev: null,
      holdout: null,
      failures: { withoutNote: 0, withCategory: 0 },
    });
    await runToEnd(test.workbench, seeded);
    const counted = await facts(seeded);
    expect(counted.runs).toEqual({ completed: 1, running: 0 });
    expect(counted.bestDev).toMatchObject({ passRate: 13 / 15, n: 15, noAnswer: 0, standIn: false });
    expect(counted.holdout).toMatchObject({ passRate: 3 / 5, n: 5 });
    expect(counted.failures).toEqual({ withoutNote: 4, withCategory: 0 });
  });

  it('takes what was read off the failures to read', async () => {
    const seeded = await seedProject(test.workbench, { name: 'Read', size: 20, tricky: 2 });
    const { stores } = test.workbench;
    const run = await runToEnd(test.workbench, seeded);
    const failed = await stores.results.page(run.id, { outcome: 'not_passed' });
    const [first, second] = failed.map(({ result }) => result.id);
    const passed = (await stores.results.page(run.id, { outcome: 'passed' }))[0]?.result.id;
    const note = { category: '', note: 'mixed verdict', verdict: null, author: '' };
    await reviewResult(test.workbench, first ?? 0, note);
    await reviewResult(test.workbench, second ?? 0, { ...note, category: 'sarcasm' });
    await reviewResult(test.workbench, passed ?? 0, { ...note, category: 'lucky' });
    expect((await facts(seeded)).failures).toEqual({ withoutNote: 2, withCategory: 1 });
    await reviewResult(test.workbench, second ?? 0, { category: '', note: '', verdict: null, author: '' });
    expect((await facts(seeded)).failures).toEqual({ withoutNote: 3, withCategory: 0 });
    await expect(reviewResult(test.workbench, 999_999, note)).rejects.toMatchObject({ code: 'result_missing' });
  });

  it('shows holdout of the newest version only', async () => {
    const seeded = await seedProject(test.workbench, { name: 'Newest' });
    await runToEnd(test.workbench, seeded);
    const version = await addVersion(test.workbench, seeded, 'Answer with one word.');
    expect((await facts(seeded)).holdout).toBeNull();
    await runToEnd(test.workbench, seeded, { version, split: 'holdout' });
    expect((await facts(seeded)).holdout).toMatchObject({ passRate: 1, n: 5 });
  });

  it('shows what is in production and what came back from there', async () => {
    const seeded = await seedProject(test.workbench, { name: 'Production' });
    await runToEnd(test.workbench, seeded);
    expect((await facts(seeded)).production).toBeNull();
    const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace' };
    const { id } = await approveRelease(
      test.workbench,
      seeded.project,
      { kind: 'owner' },
      { ...approval, overrides: [] },
    );
    const label = { prompt: 'classify', label: 'production' };
    await moveLabel(test.workbench, seeded.project, { kind: 'owner' }, label, { release: id, reason: 'first', by: '' });
    const call = { release: id, input: { review: 'A good soup' }, output: 'positive' };
    await recordObservation(test.workbench, seeded.project, { ...call, feedback: 'up' });
    await recordObservation(test.workbench, seeded.project, { ...call, feedback: 'down' });
    expect(await facts(seeded)).toMatchObject({
      releases: 1,
      production: { release: 1, version: 1 },
      observations: 2,
      thumbsDownOpen: 1,
    });
  });
});
