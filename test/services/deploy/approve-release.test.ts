import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '../../../server/domain/content-hash.ts';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { gatherEvidence } from '../../../server/services/deploy/evidence.ts';
import { createRun } from '../../../server/services/evaluate/start-run.ts';
import { addVersion, readMood, runToEnd, scopeAsking, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const owner = { kind: 'owner' } as const;
const approval = { text: 'good enough', by: 'Grace', overrides: [] };
const first = { prompt: 'classify', version: 1, model: testModel };

describe('approveRelease', () => {
  let test: TestWorkbench;
  beforeAll(async () => {
    test = await openTestWorkbench({ answer: readMood });
  });
  afterAll(() => test.close());

  it('refuses a version that no run shows anything of', async () => {
    const { workbench } = test;
    const { project } = await seedProject(workbench, { name: 'Never run' });
    await expect(approveRelease(workbench, project, owner, { ...first, ...approval })).rejects.toMatchObject({
      code: 'release_needs_evidence',
      kind: 'refused',
    });
  });

  it('counts only completed runs of this version with this model', async () => {
    const { workbench } = test;
    const seeded = await seedProject(workbench, { name: 'Other runs' });
    await addVersion(workbench, seeded, 'Answer with one word.');
    await runToEnd(workbench, seeded, { version: 2 });
    await runToEnd(workbench, seeded, {
      version: 1,
      model: 'openai/other-model',
      maxErrors: { type: 'count', value: 99 },
    });
    const { set } = seeded;
    await createRun(workbench, seeded.project, { prompt: 'classify', version: 1, set: set.slug, model: testModel });
    const { evidence } = await gatherEvidence(workbench, seeded.project, first);
    expect(evidence.runs).toEqual([]);
  });

  it('refuses a stand-in, whatever its rates', async () => {
    const { workbench } = test;
    const seeded = await seedProject(workbench, { name: 'Stand-in' });
    const run = await runToEnd(workbench, seeded, { model: 'builtin/lexicon' });
    expect(run).toMatchObject({ status: 'completed', standIn: true });
    const candidate = { ...first, model: 'builtin/lexicon' };
    await expect(approveRelease(workbench, seeded.project, owner, { ...candidate, ...approval })).rejects.toMatchObject(
      {
        code: 'release_stand_in',
      },
    );
    const { evidence } = await gatherEvidence(workbench, seeded.project, candidate);
    expect(evidence.runs).toEqual([]);
  });

  it('names the holdout cases that no run is of', async () => {
    const { workbench } = test;
    const seeded = await seedProject(workbench, { name: 'Easy cases only' });
    await runToEnd(workbench, seeded);
    const hard = await workbench.stores.evalSets.create(seeded.project.id, {
      name: 'hard',
      notes: '',
      holdoutShare: 1,
    });
    const added = { key: 'h1', variables: { review: 'A tricky one' }, expected: 'negative', tags: [], source: 'typed' };
    const change = { added: [{ ...added, split: 'holdout' as const }], replaced: [], removed: [] };
    await workbench.stores.evalSets.change(hard.id, 0, change, { note: '', author: 'Ada' });
    const { evidence } = await gatherEvidence(workbench, seeded.project, first);
    expect(evidence.unseenHoldout).toEqual([{ evalSet: 'hard', evalSetVersion: 1, cases: 1 }]);
  });

  it('freezes the evidence by split, with a digest of it', async () => {
    const { workbench } = test;
    const seeded = await seedProject(workbench, { name: 'Frozen', tricky: 1 });
    const run = await runToEnd(workbench, seeded);
    const release = await approveRelease(workbench, seeded.project, owner, { ...first, ...approval });
    expect(release).toMatchObject({ number: 1, model: testModel, parameters: { temperature: 0 }, approvedBy: 'Grace' });
    expect(release.evidence.runs).toMatchObject([
      { runId: run.id, evalSet: 'labelled', evalSetVersion: 1, split: 'dev', rates: { passed: 14, failed: 1 } },
      { runId: run.id, evalSet: 'labelled', evalSetVersion: 1, split: 'holdout', rates: { passed: 4, failed: 1 } },
    ]);
    expect(release.evidenceDigest).toBe(contentHash(release.evidence));
    const { contentHash: hash } = await workbench.stores.prompts.getVersion(release.promptVersionId);
    expect(release.evidence.subject).toEqual({ prompt: 'classify', version: 1, contentHash: hash, model: testModel });
    expect(release.evidence.criteria[0]).toMatchObject({ name: 'pass_rate', observed: 0.8, n: 5, errors: 0 });
    expect(release.evidence.unseenHoldout).toBeUndefined();

    await workbench.stores.projects.saveScope(seeded.project.id, scopeAsking({ targetPassRate: 0.99 }), '');
    expect((await workbench.stores.releases.get(release.id)).evidence).toEqual(release.evidence);
  });

  it('names the criteria that are not met, and releases all the same where the person accepts that', async () => {
    const { workbench } = test;
    const seeded = await seedProject(workbench, { name: 'Unmet', tricky: 1 });
    await workbench.stores.projects.saveScope(
      seeded.project.id,
      scopeAsking({ targetPassRate: 0.7, maxLatencyP95Ms: 60_000 }),
      '',
    );
    await runToEnd(workbench, seeded);
    const refusal = await approveRelease(workbench, seeded.project, owner, { ...first, ...approval }).catch(
      (error) => error,
    );
    // 4 of 5 passed on holdout: above the target, but so few cases can't show it.
    expect(refusal).toMatchObject({
      code: 'release_criteria_unmet',
      kind: 'refused',
      details: { criteria: [{ name: 'pass_rate', state: 'not_provable', target: 0.7, observed: 0.8 }] },
    });
    expect(refusal.message).toContain('pass rate on holdout: 80.0 %, which can be as low as 37.6 %, 70.0 % asked');

    const release = await approveRelease(workbench, seeded.project, owner, {
      ...first,
      ...approval,
      overrides: [{ name: 'pass_rate', reason: 'so few cases' }],
    });
    expect(release.overrides).toEqual([{ name: 'pass_rate', state: 'not_provable', reason: 'so few cases' }]);
    expect(release.evidence.criteria.map(({ state }) => state)).toEqual(['not_provable', 'not_asked', 'met']);
  });

  it('says what is missing', async () => {
    const { workbench } = test;
    const { project } = await seedProject(workbench, { name: 'Missing' });
    const approve = (candidate: Partial<typeof first>) =>
      approveRelease(workbench, project, owner, { ...first, ...approval, ...candidate });
    await expect(approve({ prompt: 'other' })).rejects.toMatchObject({ code: 'prompt_missing' });
    await expect(approve({ version: 9 })).rejects.toMatchObject({ code: 'prompt_version_missing' });
  });
});
