import { expect, it } from 'vitest';
import type { ObservationId } from '../../server/domain/ids.ts';
import type { NewObservation } from '../../server/storage/observation-store.ts';
import { bareCall } from '../fixtures/production-calls.ts';
import type { Opened } from './store-contract.ts';
import { seed } from './store-seed.ts';

export function observationContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const release = await stores.releases.create({
      projectId: seeded.project.id,
      promptId: seeded.prompt.id,
      promptVersionId: seeded.version.id,
      model: 'openai/test-model',
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: '',
      approvedBy: 'Grace',
    });
    const observe = (more: Partial<NewObservation> = {}) =>
      stores.observations.add({
        projectId: seeded.project.id,
        releaseId: null,
        input: { review: 'Lovely' },
        output: 'positive',
        ...bareCall,
        ...more,
      });
    return { ...seeded, observations: stores.observations, release, observe };
  };

  it('keeps a call, the feedback that comes later and the case that was made of it', async () => {
    const { observations, observe, release, cases } = await start();
    const made = await observe({ releaseId: release.id, latencyMs: 12.5, inputTokens: 3, costUsd: 0.1 });
    expect(made).toMatchObject({ input: { review: 'Lovely' }, releaseId: release.id, caseId: null, latencyMs: 12.5 });
    expect(await observations.get(made.id)).toEqual(made);
    const [item] = cases;
    if (!item) throw new Error('there are three cases');
    await observations.setFeedback(made.id, 'down', 'wrong');
    await observations.setCase(made.id, item.id);
    expect(await observations.get(made.id)).toEqual({
      ...made,
      feedback: 'down',
      feedbackNote: 'wrong',
      caseId: item.id,
    });
    await expect(observations.get(0 as ObservationId)).rejects.toMatchObject({ code: 'observation_missing' });
  });

  it('takes a span that is reported again for the call that it was', async () => {
    const { observations, observe, project } = await start();
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), model: 'openai/gpt-5' };
    const made = await observe({ ...span, output: 'first' });
    expect(made).toMatchObject({ ...span, output: 'first' });
    expect(await observe({ ...span, output: 'again' })).toEqual(made);
    expect(await observations.ofSpan(project.id, span)).toEqual(made);
    expect(await observations.ofSpan(project.id, { ...span, spanId: 'c'.repeat(16) })).toBeNull();
    expect(await observations.list(project.id)).toHaveLength(1);
  });

  it('lists the newest first, in pages and by feedback and release', async () => {
    const { observations, observe, project, release } = await start();
    const ids: ObservationId[] = [];
    for (const feedback of ['up', 'down', null] as const) ids.push((await observe({ feedback })).id);
    ids.push((await observe({ releaseId: release.id })).id);
    const list = async (filter: object) =>
      (await observations.list(project.id, filter)).map(({ id }) => ids.indexOf(id));
    expect(await list({})).toEqual([3, 2, 1, 0]);
    expect(await list({ limit: 2 })).toEqual([3, 2]);
    expect(await list({ before: ids[2] })).toEqual([1, 0]);
    expect(await list({ feedback: 'down' })).toEqual([1]);
    expect(await list({ release: release.id })).toEqual([3]);
  });

  it('finds those that contain a text or are named, and keeps the cases of many', async () => {
    const { observations, observe, project, cases } = await start();
    const made = await observe({ input: { review: 'Überteuert' } });
    const noted = await observe({ feedback: 'down', feedbackNote: 'was 50% off' });
    const plain = await observe();
    const found = async (search: string) => (await observations.list(project.id, { search })).map(({ id }) => id);
    expect(await found('überteuert')).toEqual([made.id]);
    expect(await found('50%')).toEqual([noted.id]);
    expect(await found('5%')).toEqual([]);
    const ids = [made.id, plain.id];
    expect((await observations.list(project.id, { ids })).map(({ id }) => id)).toEqual([plain.id, made.id]);
    const [item] = cases;
    if (!item) throw new Error('there are three cases');
    await observations.setCases(ids.map((observation) => ({ observation, caseId: item.id })));
    expect((await observations.get(plain.id)).caseId).toBe(item.id);
    expect((await observations.get(noted.id)).caseId).toBeNull();
  });

  it('sums up what was observed by slice of time and release, each figure over those that reported it', async () => {
    const { observations, observe, project, release } = await start();
    const at = (time: string, more: Partial<NewObservation> = {}) =>
      observe({ createdAt: `2026-03-01T${time}Z`, ...more });
    await at('09:59:59.999', { latencyMs: 1000 });
    await at('10:00:00.000', { latencyMs: 100, feedback: 'up' });
    await at('10:30:00.500', { latencyMs: 300, feedback: 'down', costUsd: 0.5 });
    await at('10:59:59.999', { feedback: 'up', costUsd: 0.25 });
    await at('10:30:00.000', { releaseId: release.id });
    await at('11:00:00.000');
    const buckets = await observations.buckets(project.id, '2026-03-01T10:00:00.000Z', 3_600_000);
    const none = { up: 0, down: 0, latencyMeanMs: null, latencyMaxMs: null, costUsd: null };
    expect(buckets).toEqual([
      {
        start: '2026-03-01T10:00:00.000Z',
        releaseId: null,
        count: 3,
        up: 2,
        down: 1,
        latencyMeanMs: 200,
        latencyMaxMs: 300,
        costUsd: 0.75,
      },
      { start: '2026-03-01T10:00:00.000Z', releaseId: release.id, count: 1, ...none },
      { start: '2026-03-01T11:00:00.000Z', releaseId: null, count: 1, ...none },
    ]);
    expect(await observations.buckets(project.id, '2026-03-02T00:00:00.000Z', 3_600_000)).toEqual([]);
  });

  it('puts every millisecond into its slice', async () => {
    const { observations, observe, project } = await start();
    const start0 = Date.parse('2026-03-01T00:00:00.000Z');
    const instants = [0, 1, 59_999, 60_000, 60_001, 119_999, 120_000, 3_599_999, 3_600_000].map((ms) => start0 + ms);
    for (const instant of instants) await observe({ createdAt: new Date(instant).toISOString() });
    const buckets = await observations.buckets(project.id, '2026-03-01T00:00:00.000Z', 60_000);
    const expected = Map.groupBy(instants, (instant) => new Date(Math.floor(instant / 60_000) * 60_000).toISOString());
    expect(buckets.map(({ start: from, count }) => [from, count])).toEqual(
      [...expected].map(([from, { length }]) => [from, length]),
    );
  });
}
