import { expect, it } from 'vitest';
import type { NewUnobservedCall } from '../../server/storage/unobserved-call-store.ts';
import { bareCall } from '../fixtures/production-calls.ts';
import type { Opened } from './store-contract.ts';
import { seed } from './store-seed.ts';

export function unobservedCallContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const { project, prompt, version } = await seed(stores);
    const release = await stores.releases.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model: 'openai/test-model',
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: '',
      approvedBy: 'Grace',
    });
    const { unobservedCalls, observations, observationFigures } = stores;
    const add = (createdAt: string, more: Partial<NewUnobservedCall> = {}) =>
      unobservedCalls.add({
        projectId: project.id,
        releaseId: release.id,
        failure: 'timeout',
        message: 'late',
        model: null,
        traceId: null,
        spanId: null,
        createdAt,
        ...more,
      });
    const observe = (createdAt: string) =>
      observations.add({
        projectId: project.id,
        releaseId: release.id,
        input: {},
        output: '',
        ...bareCall,
        createdAt,
      });
    return { project, release, unobservedCalls, observationFigures, add, observe };
  };
  const [first, second, third] = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-03-02T06:00:00.000Z'];
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };

  it('counts what failed beside what was answered, observed or not, by release and kind', async () => {
    const { project, release, unobservedCalls, observationFigures, add, observe } = await start();
    await observe(first);
    await observe(second);
    await add(first);
    await add(second);
    await add(third, { failure: 'rate_limited' });
    await add(third, { failure: 'rate_limited', releaseId: null, message: 'slower' });
    await add(third, { failure: null, message: '' });
    expect(await unobservedCalls.byRelease(project.id, second)).toEqual([
      { releaseId: release.id, answered: 2, failed: 2 },
      { releaseId: null, answered: 0, failed: 1 },
    ]);
    expect(await unobservedCalls.kinds(project.id, first)).toEqual([
      { releaseId: release.id, failure: 'timeout', count: 2 },
      { releaseId: null, failure: 'rate_limited', count: 1 },
      { releaseId: release.id, failure: 'rate_limited', count: 1 },
    ]);
    expect(await unobservedCalls.buckets(project.id, second, 86_400_000)).toEqual([
      { start: second, releaseId: null, answered: 0, failed: 1 },
      { start: second, releaseId: release.id, answered: 1, failed: 2 },
    ]);
    expect(await observationFigures.answered(release.id, second)).toEqual({ passed: 2, n: 4 });
    expect(await observationFigures.answered(release.id, '2027-01-01T00:00:00.000Z')).toEqual({ passed: 0, n: 0 });
    // What failed is no sign of life, what was answered is.
    expect(await observationFigures.lastSign(project.id)).toBe(third);
  });

  it('gives the newest that failed, of one release where that is asked', async () => {
    const { project, release, unobservedCalls, observationFigures, add } = await start();
    await add(third);
    await add(second, { releaseId: null, message: 'slower' });
    await add(third, { failure: null });
    const newest = (more: object = {}) =>
      unobservedCalls.newestFailed(project.id, { since: first, limit: 10, ...more });
    expect((await newest()).map(({ message, createdAt }) => [message, createdAt])).toEqual([
      ['late', third],
      ['slower', second],
    ]);
    expect(await newest({ release: release.id })).toMatchObject([{ releaseId: release.id, failure: 'timeout' }]);
    expect(await newest({ limit: 1 })).toHaveLength(1);
    expect(await newest({ since: '2027-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await observationFigures.lastSign(project.id)).toBe(third);
  });

  it('counts a span once, and not any more once its answer is there; what failed stays', async () => {
    const { project, release, unobservedCalls, add } = await start();
    const counted = async () => (await unobservedCalls.byRelease(project.id, first))[0];
    expect(await add(first, { ...span, failure: null })).not.toBeNull();
    expect(await add(first, { ...span, failure: null })).toBeNull();
    expect(await counted()).toEqual({ releaseId: release.id, answered: 1, failed: 0 });
    await unobservedCalls.removeAnswered(project.id, span);
    expect(await counted()).toBeUndefined();
    await add(first, span);
    await unobservedCalls.removeAnswered(project.id, span);
    expect(await counted()).toEqual({ releaseId: release.id, answered: 0, failed: 1 });
  });
}
