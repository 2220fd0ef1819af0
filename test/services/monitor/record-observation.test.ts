import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../../server/domain/release.ts';
import { approveRelease } from '../../../server/services/deploy/approve-release.ts';
import { listObservations } from '../../../server/services/monitor/list-observations.ts';
import { giveFeedback, recordObservation } from '../../../server/services/monitor/record-observation.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { pricesOf } from '../../fixtures/prices-of.ts';
import { readMood, runToEnd, type SeededProject, seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const call = { input: { review: 'A good soup' }, output: 'positive' };

describe('observations', () => {
  let test: TestWorkbench;
  let workbench: Workbench;
  let seeded: SeededProject;
  let release: Release;

  beforeAll(async () => {
    test = await openTestWorkbench({ answer: readMood });
    const price = { input: 2, cachedInput: null, output: 10 };
    workbench = { ...test.workbench, prices: pricesOf({ 'openai/priced-model': price }) };
    seeded = await seedProject(workbench);
    await runToEnd(workbench, seeded);
    const approval = { prompt: 'classify', version: 1, model: testModel, text: 'fine', by: 'Grace' };
    release = await approveRelease(workbench, seeded.project, { kind: 'owner' }, { ...approval, overrides: [] });
  });
  afterAll(() => test.close());

  it('belong to the release that answered', async () => {
    const recorded = await recordObservation(workbench, seeded.project, {
      ...call,
      prompt: 'classify',
      release: release.id,
      latencyMs: 120.5,
      feedback: 'down',
      feedbackNote: 'It was sarcasm.',
    });
    expect(recorded).toMatchObject({ releaseId: release.id, latencyMs: 120.5, feedback: 'down', caseId: null });
    expect(await listObservations(workbench, seeded.project, { feedback: 'down' })).toEqual([
      {
        id: recorded.id,
        release: release.id,
        prompt: 'classify',
        version: 1,
        ...call,
        latencyMs: 120.5,
        inputTokens: null,
        outputTokens: null,
        costUsd: null,
        feedback: 'down',
        feedbackNote: 'It was sarcasm.',
        model: null,
        traceId: null,
        spanId: null,
        caseKey: null,
        outcome: null,
        createdAt: recorded.createdAt,
      },
    ]);
  });

  it('may belong to none, and then name no prompt', async () => {
    expect(await recordObservation(workbench, seeded.project, call)).toMatchObject({ releaseId: null, costUsd: null });
    await expect(recordObservation(workbench, seeded.project, { ...call, prompt: 'classify' })).rejects.toMatchObject({
      code: 'observation_needs_release',
    });
  });

  it('cost what the release’s model costs', async () => {
    const tokens = { inputTokens: 1000, outputTokens: 100 };
    const { projectId, promptId, promptVersionId, parameters, evidence, note, approvedBy } = release;
    const like = { projectId, promptId, promptVersionId, parameters, evidence, note, approvedBy };
    const priced = await workbench.stores.releases.create({ ...like, model: 'openai/priced-model' });
    const gone = await workbench.stores.releases.create({ ...like, model: 'gone/model' });
    const costOf = async (id: number, given: Partial<typeof tokens>) =>
      (await recordObservation(workbench, seeded.project, { ...call, release: id, ...given })).costUsd;
    expect(await costOf(priced.id, tokens)).toBeCloseTo((1000 * 2 + 100 * 10) / 1_000_000, 12);
    expect(await costOf(priced.id, { inputTokens: 1000 })).toBeNull();
    // A model on this machine costs nothing a call.
    expect(await costOf(release.id, tokens)).toBe(0);
    expect(await costOf(gone.id, tokens)).toBeNull();
  });

  it('are refused with a release of another project or prompt', async () => {
    const other = await seedProject(workbench, { name: 'Other' });
    const named = { ...call, release: release.id };
    await expect(recordObservation(workbench, other.project, named)).rejects.toMatchObject({ code: 'release_missing' });
    await workbench.stores.prompts.create(seeded.project.id, 'summarise');
    await expect(recordObservation(workbench, seeded.project, { ...named, prompt: 'summarise' })).rejects.toMatchObject(
      { code: 'observation_release_of_other_prompt' },
    );
    await expect(recordObservation(workbench, seeded.project, { ...call, release: 999 })).rejects.toMatchObject({
      code: 'release_missing',
    });
  });

  it('take feedback that comes later, and give it up again', async () => {
    const { id } = await recordObservation(workbench, seeded.project, call);
    await giveFeedback(workbench, id, { feedback: 'up', feedbackNote: 'right' });
    expect(await workbench.stores.observations.get(id)).toMatchObject({ feedback: 'up', feedbackNote: 'right' });
    await giveFeedback(workbench, id, { feedback: null, feedbackNote: '' });
    expect(await workbench.stores.observations.get(id)).toMatchObject({ feedback: null, feedbackNote: '' });
    await expect(giveFeedback(workbench, 999, { feedback: 'up', feedbackNote: '' })).rejects.toMatchObject({
      code: 'observation_missing',
    });
  });

  it('are listed in pages, newest first', async () => {
    const all = await listObservations(workbench, seeded.project, {});
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    const first = await listObservations(workbench, seeded.project, { limit: 2 });
    const second = await listObservations(workbench, seeded.project, { limit: 2, before: first.at(-1)?.id });
    expect([...first, ...second].map(({ id }) => id)).toEqual(ids.slice(0, 4));
    const ofRelease = await listObservations(workbench, seeded.project, { release: release.id });
    expect(ofRelease.every((one) => one.release === release.id && one.version === 1)).toBe(true);
  });
});
